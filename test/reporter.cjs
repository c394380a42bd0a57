// Mocha's spec report, and its numbers, failures and skipped tests in the file that TEST_COUNTS names, for the runner to add up.
const { writeFileSync } = require('node:fs');
const { reporters, Runner } = require('mocha');

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const failed = [];
    runner.on(Runner.constants.EVENT_TEST_FAIL, (test, error) => {
      const reason = error.message.split('\n', 1)[0];
      failed.push({ title: test.fullTitle(), reason, file: test.file ?? test.parent?.file });
    });
    const skipped = [];
    runner.on(Runner.constants.EVENT_TEST_PENDING, (test) => skipped.push(test.fullTitle()));
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures } = runner.stats;
      const counts = { passes, failures, failed, skipped };
      if (process.env.TEST_COUNTS) writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts));
    });
  }
};
