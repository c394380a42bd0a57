import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { pseudo } from '../../l10n/pseudo.mjs';
import { parseJson } from '../../../src/core/base/json';
import { chinese, sentencesIn, sentencesOfCode } from '../../l10n/sentences.mjs';

/** Names, codes and units, which are the same in both languages. */
const SAME: readonly string[] = ['API', 'Base URL', 'X-Team: blue'];

const HAN = String.raw`\p{Script=Han}`;
/** What is wrong in a Chinese text, each with an example. */
const FAULTS: readonly (readonly [string, RegExp, string])[] = [
  ['a half-width sign', new RegExp(String.raw`${HAN}[,;:?!]|${HAN}\.(?:\s|$)|${HAN} ?\(|\)${HAN}`, 'u'), '登录,再试'],
  ['no space between Chinese and Latin', new RegExp(`${HAN}[A-Za-z0-9]|[A-Za-z0-9%]${HAN}`, 'u'), '用Qwen登录'],
  ['a space beside a full-width sign', / [，。；：？！、（）“”]|[，。；：？！、（）] /, '登录， 再试'],
  ['a straight quote', new RegExp(`${HAN} ?["']|["'] ?${HAN}`, 'u'), '"登录"'],
  ['您 in the place of 你', /您/, '您的密钥'],
  ['a quote of code around a command', /`\{/, '`{command}`'],
  ['a word that the glossary does not have', /登陆|秘钥|帐号|帐户|供应商|提供商|提供方/, '登陆'],
];

/** The texts of the manifest in a language, by their names. */
const manifestTexts = (file: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(Object(parseJson(readFileSync(file, 'utf8')))).map(([name, text]) => [name, String(text)]),
  );
const ENGLISH_MANIFEST = manifestTexts('package.nls.json');
const CHINESE_MANIFEST = manifestTexts('package.nls.zh-cn.json');
/** The titles of commands, in English and in Chinese. */
const TITLES = Object.entries(ENGLISH_MANIFEST).flatMap(([name, title]) =>
  name.startsWith('command.') ? [[`Qwen: ${title}`, `Qwen: ${CHINESE_MANIFEST[name]}`] as const] : [],
);
/** A text without what is no language in it: the targets of links, paths of files. */
const withoutTargets = (text: string) => text.replaceAll(/\]\([^)]+\)/g, ']').replaceAll(/^\.?\/?media\/.*$/g, '');

const placesIn = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, place = '']) => place))].sort();

describe('the sentences that people read', () => {
  const bundle = chinese();
  const wrong = (fault: (chinese: string, english: string) => boolean): readonly string[] =>
    Object.entries(bundle).flatMap(([english, text]) => (fault(text, english) ? `${english}: ${text}` : []));

  it('are in the Chinese bundle, all of the code and no other (npm run l10n)', () => {
    assert.deepEqual(Object.keys(bundle), sentencesOfCode());
  });

  it('are translated', () => {
    assert.deepEqual(
      wrong((text, english) => !text || (text === english && !SAME.includes(english))),
      [],
    );
  });

  it('have the same places in both languages, by name where there are two', () => {
    assert.deepEqual(
      wrong((text, english) => placesIn(text).join() !== placesIn(english).join()),
      [],
    );
    assert.deepEqual(
      wrong((_, english) => placesIn(english).length > 1 && placesIn(english).includes('0')),
      [],
    );
  });

  for (const [name, fault, example] of FAULTS) {
    it(`have in Chinese no ${name.replace(/^(?:a|no) /, '')}: ${example}`, () => {
      assert.match(example, fault);
      assert.deepEqual(
        wrong((text) => fault.test(text)),
        [],
      );
      assert.deepEqual(
        Object.values(CHINESE_MANIFEST).filter((text) => fault.test(withoutTargets(text))),
        [],
      );
    });
  }

  it('call commands in Chinese by their Chinese titles, as the glossary has them', () => {
    const glossary = readFileSync('l10n/glossary.md', 'utf8');
    assert.deepEqual(
      TITLES.filter((title) => !glossary.includes(`| ${title.join(' | ')} |`)),
      [],
    );
    assert.deepEqual(
      wrong((text, english) => TITLES.some(([title, own]) => english.includes(title) && !text.includes(own))),
      [],
    );
  });

  it('are found however they are written', () => {
    const code = String.raw`l10n.t('One.'); l10n.t(
      "It's {name}, " +
        'in two\n pieces.', { name }); l10n.t({ message: 'Open', comment: 'a state' })`;

    assert.deepEqual(sentencesIn(code), ['One.', "It's {name}, in two\n pieces.", 'Open/a state']);
  });

  it('are longer, and keep their places, in the language of nobody', () => {
    assert.equal(pseudo('Sign in to {host}.'), 'Šîgñ îñ tö {host}. lòñgér');
  });
});
