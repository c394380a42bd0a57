import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, linkSync, mkdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';

import { join, parse } from 'node:path';
import { type EnvPlaces, ownFolders, searchEnvFile, unreadEnvFile } from '../../../src/core/config/envSearch';
import { createTemporaryFolder, type Contents, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { skip } from '../../skip';

const PROJECT = 'home/code/project';

describe('search for an environment file', () => {
  let temporary: TemporaryFolder;

  beforeEach(() => {
    temporary = createTemporaryFolder();
  });
  afterEach(() => temporary.remove());

  const searchIn = async (places: EnvPlaces) =>
    await searchEnvFile(temporary.files, places, await ownFolders(temporary.files, places));
  const search = (folder: string | undefined = PROJECT, trusted = true, qwenHome?: string) => {
    const environment = { QWEN_HOME: qwenHome && temporary.at(qwenHome) };
    const places = { home: temporary.at('home'), folder: folder && temporary.at(folder), trusted, environment };
    return searchIn(places);
  };
  const inside = (file: string) => file.replace(temporary.at(''), '').replaceAll('\\', '/').replace(/^\//, '');

  const rows: readonly (readonly [
    title: string,
    files: readonly string[],
    used: string | undefined,
    folder?: string,
    trusted?: boolean,
    qwenHome?: string,
  ])[] = [
    ['takes .env of the folder', [`${PROJECT}/.env`], `${PROJECT}/.env`],
    ['takes .qwen/.env before .env', [`${PROJECT}/.env`, `${PROJECT}/.qwen/.env`], `${PROJECT}/.qwen/.env`],
    ['takes the nearest on the way up', ['home/code/.env', 'home/.env', '.env'], 'home/code/.env'],
    ['takes .env here before .qwen/.env above', [`${PROJECT}/.env`, 'home/code/.qwen/.env'], `${PROJECT}/.env`],
    ['passes home on its way up', ['home/.env', '.env'], 'home/.env'],
    ['goes on above home', ['.env'], '.env'],
    ['takes home where it is not on the way', ['home/.qwen/.env', 'home/.env'], 'home/.qwen/.env', 'elsewhere/project'],
    ['takes home only where nothing was found', ['elsewhere/.env', 'home/.env'], 'elsewhere/.env', 'elsewhere/project'],
    ['takes home where the folder is above it', ['home/me/.env', 'home/.env'], 'home/.env', ''],
    ['takes home where the folder is home', ['home/.env', '.env'], 'home/.env', 'home'],
    ['reads no file of a folder without trust', [`${PROJECT}/.env`, '.env'], undefined, PROJECT, false],
    ['reads home for a folder without trust', [`${PROJECT}/.env`, 'home/.env'], 'home/.env', PROJECT, false],
    ['reads home where no trust is asked for it', ['home/.env'], 'home/.env', 'home', false],
    ['takes what QWEN_HOME names before home', ['q/.env', 'home/.qwen/.env'], 'q/.env', 'elsewhere', true, 'q'],
    ['takes ~/.qwen/.env beside QWEN_HOME', ['q/.qwen/.env', 'home/.qwen/.env'], 'home/.qwen/.env', '', true, 'q'],
    ['takes the project before QWEN_HOME', ['q/.env', `${PROJECT}/.env`], `${PROJECT}/.env`, PROJECT, true, 'q'],
    ['reads QWEN_HOME in a folder without trust', ['q/.qwen/.env'], 'q/.qwen/.env', 'q', false, 'q/.qwen'],
    ['finds nothing where there is nothing', [`${PROJECT}/.env.local`, `${PROJECT}/env`], undefined],
  ];
  for (const [title, files, used, folder, trusted, qwenHome] of rows) {
    it(title, async () => {
      temporary.write(Object.fromEntries(files.map((name) => [name, `FROM=${name}`])));

      const { file, problems } = await search(folder, trusted, qwenHome);

      assert.equal(file && inside(file.path), used);
      assert.equal(file?.values.get('FROM')?.value.reveal(), used);
      assert.deepEqual(problems, []);
    });
  }

  it('passes over what others can put beside settings that a variable names', async function () {
    if (process.platform === 'win32') return skip(this, 'needs permissions of POSIX');
    temporary.write({ 'open/shared/.env': 'A=1' });
    mkdirSync(temporary.at('open/shared/project'));
    chmodSync(temporary.at('open'), 0o777);

    const { file, candidates } = await searchIn({
      home: temporary.at('home'),
      folder: temporary.at('open/shared/project'),
      trusted: true,
      environment: { QWEN_CODE_SYSTEM_SETTINGS_PATH: temporary.at('open/shared/settings.json') },
    });

    assert.equal(file, undefined);
    assert.ok(candidates.some(({ path, outcome }) => inside(path) === 'open/shared/.env' && outcome === 'foreign'));
  });

  it('takes home where no folder is open', async () => {
    temporary.write({ 'home/.env': 'A=1' });

    const { file, candidates } = await searchIn({
      home: temporary.at('home'),
      folder: undefined,
      trusted: true,
      environment: {},
    });

    assert.deepEqual([file?.side, candidates.length], ['person', 2]);
  });

  it('takes home and what QWEN_HOME names where others may write above them', async function () {
    if (process.platform === 'win32') return skip(this, 'needs permissions of POSIX');
    temporary.write({ 'open/home/.env': 'A=1' });
    chmodSync(temporary.at('open'), 0o777);
    const places = { home: temporary.at('open/home'), folder: undefined, trusted: true };
    const environment = { QWEN_HOME: temporary.at('open/q') };

    const inHome = await searchIn({ ...places, environment });
    temporary.write({ 'open/q/.env': 'A=1' });
    const moved = await searchIn({ ...places, environment });

    const used = [inHome, moved].map(({ file }) => file && inside(file.path));
    assert.deepEqual(used, ['open/home/.env', 'open/q/.env']);
  });

  it('goes up to the root', async () => {
    const { candidates } = await search();

    const { root } = parse(temporary.at(''));
    const last = ['.qwen/.env', '.env'].map((name) => join(root, name));
    assert.deepEqual(
      candidates.slice(-2).map((candidate) => candidate.path),
      last,
    );
  });

  it('never adds one file to another', async () => {
    temporary.write({ [`${PROJECT}/.qwen/.env`]: '', [`${PROJECT}/.env`]: 'A=1', 'home/.env': 'B=2' });

    const { file } = await search();

    assert.deepEqual([file && inside(file.path), file?.values.size], [`${PROJECT}/.qwen/.env`, 0]);
  });

  it('tells of every place in its order', async () => {
    temporary.write({ 'home/code/.env': '' });
    mkdirSync(temporary.at(`${PROJECT}/.env`), { recursive: true });

    const { candidates } = await search();
    const told = candidates.map(({ path, outcome }) => `${outcome} ${inside(path)}`);

    assert.deepEqual(told.slice(0, 7), [
      `missing ${PROJECT}/.qwen/.env`,
      `folder ${PROJECT}/.env`,
      'missing home/code/.qwen/.env',
      'used home/code/.env',
      'notReached home/.qwen/.env',
      'notReached home/.env',
      'notReached .qwen/.env',
    ]);
  });

  it('tells what is passed over without trust', async () => {
    const { candidates } = await search(PROJECT, false);
    const outcomes = new Map(candidates.map(({ path, outcome }) => [inside(path), outcome]));

    assert.deepEqual([outcomes.get(`${PROJECT}/.env`), outcomes.get('home/.env')], ['untrusted', 'missing']);
  });

  it('says nothing of what lies behind the file that counts', async () => {
    temporary.write({ [`${PROJECT}/.env`]: '', 'home/.env': '\0' });
    mkdirSync(temporary.at('home/code/.env'));

    const { problems, candidates, hidden } = await search();

    assert.deepEqual([problems, hidden], [[], []]);
    assert.ok(candidates.slice(2).every(({ outcome }) => outcome === 'notReached'));
    assert.deepEqual(
      (await search(PROJECT, false)).candidates
        .filter(({ outcome }) => outcome === 'broken')
        .map(({ path }) => inside(path)),
      ['home/.env'],
    );
  });

  it('does not reach what is above home without trust, once home has the file that counts', async () => {
    temporary.write({ 'home/.env': '' });

    const { candidates } = await search(PROJECT, false);

    assert.equal(candidates.find(({ path }) => path === temporary.at('.env'))?.outcome, 'notReached');
  });

  it('tells of no file around a folder without trust, be it there', async () => {
    temporary.write({ 'home/code/.env': '', [`${PROJECT}/.qwen/.env`]: '' });

    const { candidates } = await search(PROJECT, false);
    const there = candidates.filter((one) => one.outcome === 'untrusted' && one.isThere);

    assert.deepEqual(
      there.map(({ path }) => inside(path)),
      [`${PROJECT}/.qwen/.env`],
    );
  });

  it('tells of a file of the folder that is there and not read, and of nothing around it', async () => {
    temporary.write({ [`${PROJECT}/.env`]: 'A=1', 'home/code/.env': 'A=2' });

    const unread = unreadEnvFile({ envSearch: await search(PROJECT, false) });

    assert.equal(unread && inside(unread), `${PROJECT}/.env`);
    assert.equal(unreadEnvFile({ envSearch: await search(PROJECT, true) }), undefined);
    assert.equal(unreadEnvFile({ envSearch: await search('home/code/other', false) }), undefined);
  });

  it('has what it did not reach apart', async () => {
    temporary.write({ [`${PROJECT}/.env`]: '', 'home/code/.env': 'A=1', 'home/.env': 'B=2' });

    const { hidden } = await search();

    assert.deepEqual(
      hidden.map(({ path, side }) => `${side} ${inside(path)}`),
      ['outside home/code/.env', 'person home/.env'],
    );
  });

  it('leaves the environment of the process alone', async () => {
    const before = { ...process.env };
    temporary.write({ [`${PROJECT}/.env`]: 'OPENAI_API_KEY=sk-0123456789-PROJ\nPATH=/nowhere' });

    await search();

    assert.deepEqual({ ...process.env }, before);
  });

  describe('beside other people', () => {
    const BOB = 65_534;

    before(function () {
      if (process.geteuid?.() !== 0) skip(this, 'needs root, to give files to somebody else');
    });
    beforeEach(() => temporary.write({ 'home/.env': 'FROM=home', '.env': '', '.qwen/.env': 'FROM=bob' }));

    const giveToBob = (name: string) => chownSync(temporary.at(name), BOB, BOB);

    it('passes over their files on the way up, and says so', async () => {
      giveToBob('.qwen/.env');
      giveToBob('.env');

      const { file, candidates, problems } = await search('elsewhere/project');

      assert.equal(file && inside(file.path), 'home/.env');
      assert.deepEqual(
        candidates.flatMap((candidate) => (candidate.outcome === 'foreign' ? candidate.why : [])),
        ['it belongs to nobody', 'it belongs to nobody'],
      );
      assert.match(
        problems.map(({ message }) => message).join('\n'),
        /\.env is passed over, because it belongs to nobody/,
      );
      assert.ok(problems.every(({ severity }) => severity === 'information'));
    });

    it('passes over what lies in their folder', async () => {
      giveToBob('.qwen');

      const { file } = await search('elsewhere/project');

      assert.equal(file && inside(file.path), '.env');
    });

    it('is not stopped by what is closed to it', async () => {
      giveToBob('.qwen');
      unlinkSync(temporary.at('.qwen/.env'));
      symlinkSync('/nowhere', temporary.at('.qwen/.env'));

      const { file } = await search('elsewhere/project');

      assert.equal(file && inside(file.path), '.env');
    });

    it('reads their file in the folder itself', async () => {
      temporary.write({ [`${PROJECT}/.env`]: 'FROM=project' });
      giveToBob(`${PROJECT}/.env`);

      const { file } = await search();

      assert.deepEqual([file && inside(file.path), file?.side], [`${PROJECT}/.env`, 'workspace']);
    });

    it('passes over their file in a folder that is everybody’s', async () => {
      temporary.write({ 'shared/.env': 'FROM=shared' });
      chmodSync(temporary.at('shared'), 0o1777);
      giveToBob('shared/.env');

      const { file } = await search('shared');

      assert.equal(file && inside(file.path), '.qwen/.env');
    });

    it('passes over their file at home', async () => {
      giveToBob('home/.env');

      const { file, problems } = await search(undefined, false);

      assert.deepEqual([file, problems.map(({ severity }) => severity)], [undefined, ['warning']]);
    });
  });

  describe('whose word a file is', () => {
    const sides: readonly (readonly [title: string, make: () => void, side: string])[] = [
      ['is the workspace’s in the folder', () => temporary.write({ [`${PROJECT}/.env`]: '' }), 'workspace'],
      ['is from outside above it', () => temporary.write({ 'home/code/.env': '' }), 'outside'],
      ['is the person’s at home', () => temporary.write({ 'home/.env': '' }), 'person'],
      [
        'is from outside where a link leads there',
        () => {
          temporary.write({ 'home/.qwen/.env': '', [`${PROJECT}/x`]: '' });
          symlinkSync('../../.qwen/.env', temporary.at(`${PROJECT}/.env`));
        },
        'outside',
      ],
      [
        'is from outside where a linked folder leads there',
        () => {
          temporary.write({ 'home/.qwen/.env': '', [`${PROJECT}/x`]: '' });
          symlinkSync(temporary.at('home/.qwen'), temporary.at(`${PROJECT}/.qwen`));
        },
        'outside',
      ],
      [
        'is from outside where it is a second name',
        () => {
          temporary.write({ 'home/.qwen/.env': '', [`${PROJECT}/x`]: '' });
          linkSync(temporary.at('home/.qwen/.env'), temporary.at(`${PROJECT}/.env`));
        },
        'outside',
      ],
    ];
    for (const [title, make, side] of sides) {
      it(title, async () => {
        make();

        assert.equal((await search()).file?.side, side);
      });
    }

    it('is a workspace’s in each folder that is trusted', async () => {
      temporary.write({ 'home/code/.env': '' });

      const { file } = await searchIn({
        home: temporary.at('home'),
        folder: temporary.at(PROJECT),
        trusted: true,
        beside: [temporary.at('home/code')],
        environment: {},
      });

      assert.equal(file?.side, 'workspace');
    });
  });

  describe('at something odd', () => {
    const odd = `${PROJECT}/.env`;
    const fallback: Contents = { 'home/.env': 'OPENAI_API_KEY=sk-0123456789-HOME' };

    beforeEach(() => {
      temporary.write({ [odd]: '' });
      unlinkSync(temporary.at(odd));
      temporary.write(fallback);
    });

    it('passes over a folder, and says so', async () => {
      mkdirSync(temporary.at(odd));

      const { file, problems } = await search();

      assert.equal(file && inside(file.path), 'home/.env');
      assert.deepEqual(
        problems.map(({ message }) => message),
        [`${temporary.at(odd)} is a folder, so it is passed over. Mend or remove it.`],
      );
      assert.deepEqual(problems[0]?.where, { file: temporary.at(odd), line: 1 });
    });

    it('follows a link to a file', async () => {
      temporary.write({ 'secrets/env': 'A=1' });
      symlinkSync(temporary.at('secrets/env'), temporary.at(odd));

      assert.equal((await search()).file?.values.get('A')?.value.reveal(), '1');
    });

    const ends: readonly (readonly [what: string, make: (file: string) => void, why: RegExp])[] = [
      [
        'a pipe',
        (file) => void execFileSync('mkfifo', [file]),
        /\.env is a named pipe, which is not read here, so no environment file is used\. Set its variables in the shell first/,
      ],
      [
        'a link to nothing',
        (file) => symlinkSync('/nowhere/env', file),
        /\.env is a link to \/nowhere\/env, which does not exist, so no environment file is used/,
      ],
      [
        'UTF-16 without a mark',
        (file) => writeFileSync(file, 'A=1\nB=2', 'utf16le'),
        /\.env is in UTF-16, not in UTF-8, so no environment file is used\. Save it as UTF-8/,
      ],
      [
        'what is no text',
        (file) => writeFileSync(file, '\0GITCRYPT\0\u0001\u0002'),
        /\.env is no text, so no environment file is used\. If it is encrypted, unlock it first/,
      ],
      [
        'a link in circles',
        (file) => symlinkSync(file, file),
        /\.env cannot be read \(ELOOP\), so no environment file is used/,
      ],
      [
        'a file that is too large',
        () => temporary.write({ [odd]: `A=1\n${'#'.repeat(1024 * 1024)}` }),
        /\.env is larger than 1 MiB, so no environment file is used/,
      ],
    ];
    for (const [what, make, why] of ends) {
      it(`ends at ${what} with a problem`, async () => {
        make(temporary.at(odd));

        const { file, candidates, problems } = await search();

        assert.equal(file, undefined);
        assert.equal(candidates.find(({ path }) => path === temporary.at(odd))?.outcome, 'broken');
        assert.match(problems.map(({ message }) => message).join('\n'), why);
      });
    }
  });
});
