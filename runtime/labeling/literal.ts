/** Text as JavaScript writes it: string literals, property names, template literal types. */

/** In single quotes; in double ones where those need fewer escapes, as formatters have it. */
export function literal(text: string): string {
  const count = (quote: string) => text.split(quote).length - 1;
  const escaped = escapeSeparators(JSON.stringify(text));
  if (count("'") > count('"')) return escaped;
  return `'${escaped.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A property's name, in quotes where it needs them. */
export function propertyName(name: string): string {
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) ? name : literal(name);
}

/** The texts with a number between each two, as a template literal type. */
export function numberedName(texts: readonly string[]): string {
  const parts = texts.map((text) => {
    const escaped = escapeSeparators(JSON.stringify(text)).slice(1, -1).replaceAll('\\"', '"');
    return escaped.replace(/`|\$\{/g, '\\$&');
  });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what the module says
  return `\`${parts.join('${number}')}\``;
}

const escapeSeparators = (json: string) => json.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
