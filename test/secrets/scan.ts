import { type Dirent, lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { tracesOf } from './spellings';

/** Where the trace of which secret was found. */
export interface Finding {
  /** The kind of place, such as `file` or `output`. */
  readonly area: string;
  /** The place itself: a path, the name of a command, a header. */
  readonly place: string;
  /** What the secret is called. */
  readonly secret: string;
  /** What stands around it, with the secret in it. */
  readonly around: string;
}

interface Trace {
  readonly secret: string;
  readonly bytes: Buffer;
}

/** The secrets of a run, and the places that were looked at. Bytes are looked through once, whatever is known. */
export class SecretScan {
  readonly #known = new Map<string, string>();
  /** Which three bytes begin a trace: a bit for each. */
  readonly #begins = new Uint8Array(2 ** 21);
  readonly #traces = new Map<number, Trace[]>();
  readonly #findings: Finding[] = [];
  readonly #later: { readonly area: string; readonly place: string; readonly bytes: Buffer }[] = [];
  readonly #seen = new Set<string>();
  #looked = 0;

  /** Makes something a secret. A text that is known already, or too short to be one, changes nothing. */
  know(name: string, secret: string | undefined): void {
    if (secret === undefined || secret.length < 16 || this.#known.has(secret)) return;
    this.#known.set(secret, name);
    for (const trace of tracesOf(secret)) {
      const bytes = Buffer.from(trace, 'latin1');
      const begin = (bytes.readUInt8(0) << 16) | (bytes.readUInt8(1) << 8) | bytes.readUInt8(2);
      this.#begins[begin >> 3] = (this.#begins[begin >> 3] ?? 0) | (1 << (begin & 7));
      this.#traces.set(begin, [...(this.#traces.get(begin) ?? []), { secret: name, bytes }]);
    }
  }

  /** Keeps what was seen; it is looked through at the end, when all secrets are known. */
  add(area: string, place: string, content: string | Uint8Array): void {
    const bytes = Buffer.from(content);
    // Most views are shown again and again without having changed.
    const what = `${area}\n${place}\n${bytes.toString('latin1')}`;
    if (bytes.length < 2 ** 20 && this.#seen.has(what)) return;
    this.#seen.add(what);
    this.#later.push({ area, place, bytes });
  }

  /** Keeps every file below a folder, its names included; what is no file, and what cannot be read, has no bytes. */
  addFolder(folder: string, place = (file: string) => path.relative(folder, file)): void {
    for (const entry of entriesOf(folder)) {
      const file = path.join(entry.parentPath, entry.name);
      this.add('name', place(file), path.relative(folder, file));
      if (!entry.isFile()) continue;
      try {
        if (lstatSync(file).size < 64 * 2 ** 20) this.add('file', place(file), readFileSync(file));
      } catch {
        // Gone between the listing and the reading.
      }
    }
  }

  /** How many secrets are known, and how many bytes were looked through. */
  get figures(): { readonly secrets: number; readonly places: number; readonly bytes: number } {
    return { secrets: this.#known.size, places: this.#later.length, bytes: this.#looked };
  }

  /** Looks through all that was kept: one finding for each place and secret. */
  findings(): readonly Finding[] {
    for (const { area, place, bytes } of this.#later) {
      const found = new Map<string, Finding>();
      for (const { secret, at } of this.#tracesIn(bytes)) {
        const around = JSON.stringify(bytes.subarray(Math.max(0, at - 40), at + 60).toString('latin1'));
        if (!found.has(secret)) found.set(secret, { area, place, secret, around });
      }
      this.#findings.push(...found.values());
      this.#looked += bytes.length;
    }
    return this.#findings;
  }

  *#tracesIn(bytes: Buffer): Generator<{ readonly secret: string; readonly at: number }> {
    let last = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      last = ((last << 8) | (bytes[at] ?? 0)) & 0xff_ff_ff;
      if (((this.#begins[last >> 3] ?? 0) & (1 << (last & 7))) === 0) continue;
      const from = at - 2;
      for (const { secret, bytes: trace } of this.#traces.get(last) ?? [])
        if (from >= 0 && bytes.subarray(from, from + trace.length).equals(trace)) yield { secret, at: from };
    }
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true });
  } catch {
    return [];
  }
}
