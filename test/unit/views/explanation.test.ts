import assert from 'node:assert/strict';

import { emptyConfiguration } from '../../../src/core/config/configuration';
import { resolveCredential } from '../../../src/core/credentials/resolve';
import { explanationOf, renderExplanation } from '../../../src/core/views/explanation';
import { keyAccount } from '../../fakes/accounts';
import { model } from '../../fakes/models';
import { snapshot } from '../../fakes/snapshots';

describe('the explanation of the configuration', () => {
  const account = keyAccount();
  const typed = model({ id: 'glm-6', baseUrl: account.baseUrl, source: { kind: 'argument' } });
  const usual = model({ id: 'glm-5', baseUrl: account.baseUrl, source: { kind: 'catalogue', name: 'Coding Plan' } });
  const credential = resolveCredential(typed, { accounts: [account], variables: emptyConfiguration({}).variables });
  const text = renderExplanation(
    explanationOf(
      snapshot({
        accounts: [account],
        selected: typed,
        credential,
        candidates: [
          { model: typed, chosenBy: 'workspace' },
          { model: usual, chosenBy: 'default' },
          { model: usual, chosenBy: 'first' },
        ],
      }),
      { trusted: true },
    ),
  );

  it('says in words how things stand', () => {
    assert.match(text, /State: \*\*signed in\*\*/);
  });

  it('says of a model that no list names that it was typed', () => {
    assert.match(text, /`glm-6 at .*`, from an id that was typed, chosen in this workspace/);
  });

  it('names what is shadowed once, whatever speaks for it', () => {
    assert.equal(text.match(/shadows `glm-5 at /g)?.length, 1);
  });

  it('names the folder that it is about, and the one that is worked in', () => {
    const configuration = { ...emptyConfiguration({}), folderLabel: 'api' };
    const folderText = (inEffect: string) =>
      /Folder: .*/.exec(
        renderExplanation(explanationOf(snapshot({ configuration }), { trusted: true, inEffect })),
      )?.[0];

    assert.equal(folderText('api'), 'Folder: **api**. This window works in it now.');
    assert.match(folderText('shop') ?? '', /^Folder: \*\*api\*\*\. This window works in \*\*shop\*\* now/);
  });

  it('says how to trust a workspace whose file is there and not read', () => {
    const envSearch = {
      ...emptyConfiguration({}).envSearch,
      candidates: [{ path: '/shop/.env', outcome: 'untrusted', isThere: true }] as const,
    };
    const configuration = { ...emptyConfiguration({}), envSearch };
    const untrusted = renderExplanation(explanationOf(snapshot({ configuration }), { trusted: false }));

    assert.match(
      untrusted,
      /none of its files is read\. `\/shop\/\.env` is there\. To trust it, run \*Workspaces: Manage/,
    );
  });

  it('names no folder where one is open', () => {
    assert.doesNotMatch(text, /Folder:/);
  });
});
