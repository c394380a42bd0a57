import type { WritableFiles } from '../../core/base/ports';

/** Qwen Code's settings of the person's own, and how they are read again. */
export interface OwnQwenSettings {
  readonly file: string;
  readonly files: WritableFiles;
  /** A folder for files of our own. */
  readonly storage: string;
  reload(): Promise<void>;
}
