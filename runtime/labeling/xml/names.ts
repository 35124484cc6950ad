/** Namespaces in XML: `p:Name` becomes `{uri}Name`, or is refused, as libxml2 has it. Configs seldom have any. */

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';
/** What XML allows within a name, but not at its start. */
const NOT_A_NAME_START = /^(?:[-.\d\u00B7\u203F\u2040]|[\u0300-\u036F])/;
const DECLARATION = /^xmlns:(?!(?:[-.\d\u00B7\u203F\u2040]|[\u0300-\u036F]))[^:]+$/;

export interface ResolvedTag {
  tag: string;
  attrs: Record<string, string>;
}

export interface NameScopes {
  /** To call for each opening tag; throws through `refuse` when a name or a declaration is wrong. */
  enter(name: string, attributes: Record<string, string>): ResolvedTag;
  /** To call for each closing tag. */
  leave(): void;
}

export function createNameScopes(refuse: (reason: string) => never): NameScopes {
  /** URIs by prefix, the innermost last, so that a lookup costs the same at any depth. */
  const bound = new Map<string, string[]>([['xml', [XML]]]);
  const declaredByDepth: string[][] = [];

  const resolve = (name: string, isAttribute: boolean): string => {
    const colon = name.indexOf(':');
    if (colon === -1 && isAttribute) return name;
    const prefix = colon === -1 ? '' : name.slice(0, colon);
    const local = name.slice(colon + 1);
    if (colon === 0 || local === '' || local.includes(':') || (colon > 0 && NOT_A_NAME_START.test(local))) {
      refuse(`a malformed name, '${name}'`);
    }
    const uri = bound.get(prefix)?.at(-1) ?? '';
    if (prefix !== '' && uri === '') refuse(`'${name}' without xmlns:${prefix}: tags and attributes need no prefix`);
    return uri === '' ? local : `{${uri}}${local}`;
  };

  const declare = (prefix: string, uri: string): void => {
    const fits = prefix === 'xml' ? uri === XML : prefix !== 'xmlns' && uri !== XML && uri !== XMLNS;
    if (!fits || !isUri(uri) || (prefix !== '' && uri === '')) refuse(`a wrong namespace, '${uri}'`);
    const uris = bound.get(prefix) ?? [];
    bound.set(prefix, uris);
    uris.push(uri);
  };

  return {
    enter(name, attributes) {
      const declared: string[] = [];
      const plain: string[] = [];
      for (const attribute of Object.keys(attributes)) {
        if (attribute === 'xmlns') declared.push('');
        else if (DECLARATION.test(attribute)) declared.push(attribute.slice(6));
        else plain.push(attribute);
      }
      for (const prefix of declared) declare(prefix, attributes[prefix === '' ? 'xmlns' : `xmlns:${prefix}`] ?? '');
      declaredByDepth.push(declared);
      const resolved = new Map<string, string>();
      for (const attribute of plain) {
        const key = resolve(attribute, true);
        if (resolved.has(key)) refuse(`duplicate attribute ${attribute}`);
        resolved.set(key, attributes[attribute] ?? '');
      }
      // fromEntries makes own properties of any name, `__proto__` included, of a plain object.
      return { tag: resolve(name, false), attrs: Object.fromEntries(resolved) };
    },
    leave() {
      for (const prefix of declaredByDepth.pop() ?? []) bound.get(prefix)?.pop();
    },
  };
}

/** RFC 3986, as far as libxml2 looks. */
function isUri(text: string): boolean {
  if (!/^[\w.~!$&'()*+,;=:@/?#%-]*$/.test(text) || /%(?![\da-f]{2})/i.test(text)) return false;
  const [beforeColon = '', ...rest] = (/^[^/?#]*/.exec(text)?.[0] ?? '').split(':');
  return rest.length === 0 || /^[a-z][a-z\d+.-]*$/i.test(beforeColon);
}
