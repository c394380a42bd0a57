import assert from 'node:assert/strict';
import { useWorkbench } from '../host/fixture.mjs';
import { notification, runCommand } from '../host/workbench.mjs';
import { type Sandbox, startSandbox } from './sandbox';

const LEFT_OUT = /Images were left out: qwen3:8b at 127\.0\.0\.1:\d+ does not read them\. If it does, say so in its/;

describe('an image for a model that is known to be blind', () => {
  let sandbox: Sandbox;
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox();
    const entry = { id: 'qwen3:8b', baseUrl: `${sandbox.origin}/local/v1`, generationConfig: { modalities: {} } };
    return {
      settings: { ...sandbox.settings, 'qwen.modelProviders': { openai: [entry] } },
      unpacked: ['test/consumer'],
    };
  });
  after(() => sandbox.stop());

  it('is told of to the person, once for each question of another extension', async () => {
    const { page } = workbench();

    await runCommand(page, 'Consumer: Show an image to a model');

    const warning = notification(page, LEFT_OUT);
    await warning.getByRole('button', { name: 'Switch model' }).waitFor();
    assert.equal(await warning.count(), 1);
    assert.doesNotMatch(sandbox.requests.at(-1)?.text ?? '', /image_url/);
  });
});
