/** The models of one base URL; `host` is empty where the label names it. */
export interface ModelGroupView {
  readonly label: string;
  readonly host: string;
  readonly baseUrl: string;
  readonly models: readonly ModelView[];
}

/** A model that may be chosen. */
export interface ModelView {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  /** False where no key for it is known. */
  readonly ready: boolean;
}

/** The model in use. */
export interface ModelInUseView {
  readonly id: string;
  readonly baseUrl: string;
  readonly name: string;
}

/**
 * The models of one group as they follow from those before: `keep` of them, without the next `remove`, with these `add`
 * in their place, and then the rest. A group of the list before that has no change here is gone.
 */
export interface ModelGroupChange extends Omit<ModelGroupView, 'models'> {
  readonly keep: number;
  readonly remove: number;
  readonly add: readonly ModelView[];
}
