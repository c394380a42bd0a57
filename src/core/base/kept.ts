interface Made<Value> {
  readonly inputs: readonly unknown[];
  readonly value: Value;
}

/**
 * Values that are made of an object and of a few other inputs. Each is made once, and again when an input is another.
 */
export class Kept<Of extends object, Value> {
  readonly #made = new WeakMap<Of, Made<Value>>();

  /** What was made of that object and these inputs, or is made of them here. */
  of(source: Of, inputs: readonly unknown[], make: () => Value): Value {
    const before = this.#made.get(source);
    if (before && isSame(before.inputs, inputs)) return before.value;
    const value = make();
    this.#made.set(source, { inputs, value });
    return value;
  }
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((input, at) => input === other[at]);
}
