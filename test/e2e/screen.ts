/** What a person sees: the bytes of a terminal program laid out on rows and columns, as far as prompts and our lines go. */

const ESCAPE = '\u001b';

export class TerminalScreen {
  readonly columns: number;
  #rows: string[][] = [[]];
  #row = 0;
  #column = 0;
  #saved: [row: number, column: number] = [0, 0];
  /** The start of an escape sequence whose rest is in the next chunk. */
  #rest = '';
  /** Sequences of colour, for tests that want none. */
  colors = 0;

  constructor(columns: number) {
    this.columns = columns;
  }

  write(chunk: string): void {
    const [text = '', ...sequences] = (this.#rest + chunk).split(ESCAPE);
    this.#rest = '';
    this.#putAll(text);
    for (const [index, sequence] of sequences.entries()) {
      const [, code = '', final, rest = ''] = /^(?:\[([\d;?]*))?([A-Za-z78])(.*)$/s.exec(sequence) ?? [];
      if (final !== undefined) this.#control(final, code);
      else if (index === sequences.length - 1 && /^(\[[\d;?]*)?$/.test(sequence)) this.#rest = ESCAPE + sequence;
      else throw new Error(`the test's terminal does not know ESC${sequence.slice(0, 8)}: teach it`);
      this.#putAll(rest);
    }
  }

  /** All rows, also those that a terminal of few lines would have scrolled away. */
  text(): string {
    return this.#rows
      .map((row) =>
        Array.from(row, (cell) => cell ?? ' ')
          .join('')
          .trimEnd(),
      )
      .join('\n');
  }

  #putAll(text: string): void {
    for (const character of text) this.#put(character);
  }

  #put(character: string): void {
    if (character === '\n') this.#moveTo(this.#row + 1, this.#column);
    else if (character === '\r') this.#column = 0;
    else if (character === '\b') this.#column = Math.max(0, this.#column - 1);
    else if (character >= ' ') {
      // The last column is left only when another character comes.
      if (this.#column >= this.columns) this.#moveTo(this.#row + 1, 0);
      this.#here()[this.#column++] = character;
    }
  }

  #control(final: string, code: string): void {
    const [first = 0] = code.split(';').map(Number);
    const count = Math.max(1, first || 0);
    const column = Math.min(this.columns - 1, this.#column);
    if (final === 'A') this.#moveTo(this.#row - count, column);
    else if (final === 'B') this.#moveTo(this.#row + count, column);
    else if (final === 'C') this.#moveTo(this.#row, Math.min(this.columns - 1, column + count));
    else if (final === 'D') this.#moveTo(this.#row, column - count);
    else if (final === 'G') this.#moveTo(this.#row, count - 1);
    else if (final === 'K') this.#eraseLine(first);
    else if (final === 'J') this.#eraseBelow();
    else if (final === 'm') this.colors += first === 0 ? 0 : 1;
    else if (final === '7') this.#saved = [this.#row, this.#column];
    else if (final === '8') this.#moveTo(...this.#saved);
    // What is left shows or hides the cursor.
    else if (final !== 'h' && final !== 'l')
      throw new Error(`the test's terminal does not know ESC[${code}${final}: teach it`);
  }

  #eraseBelow(): void {
    this.#eraseLine(0);
    this.#rows.length = this.#row + 1;
  }

  #eraseLine(part: number): void {
    const row = this.#here();
    if (part === 2) row.length = 0;
    else if (part === 1) row.fill(' ', 0, this.#column);
    else row.length = Math.min(row.length, this.#column);
  }

  #moveTo(row: number, column: number): void {
    this.#row = Math.max(0, row);
    this.#column = Math.max(0, column);
    while (this.#rows.length <= this.#row) this.#rows.push([]);
  }

  #here(): string[] {
    const row = this.#rows[this.#row] ?? [];
    this.#rows[this.#row] = row;
    return row;
  }
}
