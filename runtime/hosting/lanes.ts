/** Who may call predict() next: annotators who wait before batches, batches in turn, never more at once than the model wants. */

type Enter = () => void;

export class Lanes {
  readonly #width: number;
  readonly #interactive: Enter[] = [];
  readonly #batches: Enter[] = [];
  #running = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /** Takes a place at once when one is free and nobody waits for it; then no promise is made. */
  enter(interactive: boolean): Promise<void> | undefined {
    if (this.#running < this.#width) {
      this.#running++;
      return undefined;
    }
    return new Promise((resolve) => (interactive ? this.#interactive : this.#batches).push(resolve));
  }

  /** The place goes to the next who waits. */
  leave(): void {
    const next = this.#interactive.shift() ?? this.#batches.shift();
    if (next) next();
    else this.#running--;
  }

  get waiting(): number {
    return this.#interactive.length + this.#batches.length;
  }

  get running(): number {
    return this.#running;
  }
}
