/** One source file, parsed: what it imports and exports, its classes, and what Node could not run. */

import { tsPlugin } from '@sveltejs/acorn-typescript';
import { Parser } from 'acorn';
import { fail } from '../../runtime/errors.ts';

/** A name in braces: `Task as T` of an import or an export. */
export interface Binding {
  imported: string;
  local: string;
  typeOnly: boolean;
  /** Where its text starts. */
  start: number;
}

/** `import … from`, `export … from`, `import()` or a type's `import('…')`. */
export interface Import {
  specifier: string;
  /** Of the quoted specifier in the text. */
  start: number;
  end: number;
  line: number;
  /** In braces; a default import is { imported: 'default' }. */
  bindings: Binding[];
  /** `* as ml` */
  namespace: string | undefined;
  /** All of it are types. */
  typeOnly: boolean;
  /** Has `with { type: … }`. */
  attributes: boolean;
  kind: 'import' | 'export' | 'expression' | 'type';
}

export interface ClassLike {
  name: string;
  abstract: boolean;
  /** All names in its extends clause; `ml.WOWAIML` for members. */
  bases: string[];
}

/** A call of a region builder: this.choices('mood', 'Happy'). */
export interface BuilderCall {
  builder: string;
  control: string;
  /** The texts in its second argument. */
  labels: string[];
}

export interface Source {
  text: string;
  imports: Import[];
  classes: ClassLike[];
  /** Exported name → local name. An anonymous default export is 'default' → 'default'. */
  exports: Map<string, string>;
  /** Interfaces and type aliases. */
  types: Set<string>;
  builderCalls: BuilderCall[];
}

interface Node {
  type: string;
  start: number;
  end: number;
  loc: { start: { line: number; column: number } };
  [key: string]: unknown;
}

/** TypeScript that is more than types, and what to write instead. Node runs .ts files by leaving the types out. */
const NOT_ERASABLE: Record<string, string> = {
  TSEnumDeclaration: 'an enum: write a const object, { … } as const',
  TSParameterProperty: 'a parameter property: declare the field, and assign it in the constructor',
  TSImportEqualsDeclaration: 'import … = require(): write import … from',
  TSExportAssignment: 'export =: write export default',
  TSModuleDeclaration: 'a namespace: use a module of its own',
  Decorator: 'a decorator: call the function on the class instead',
};

/** @param file how messages name it. @throws InputError with file, line and column */
export function parseSource(text: string, file: string): Source {
  const TypeScript = /\.m?ts$/.test(file) ? Parser.extend(tsPlugin()) : Parser;
  let program: Node;
  try {
    program = TypeScript.parse(text, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      locations: true,
    }) as unknown as Node;
  } catch (error) {
    const { message, loc } = error as SyntaxError & { loc?: { line: number; column: number } };
    const place = loc ? `${file}:${loc.line}:${loc.column + 1}` : file;
    return fail(
      `${place}: ${message.replace(/ \(\d+:\d+\)$/, '')}: the script must be valid ${/\.m?ts$/.test(file) ? 'TypeScript' : 'JavaScript'}`,
    );
  }
  const source: Source = { text, imports: [], classes: [], exports: new Map(), types: new Set(), builderCalls: [] };
  for (const statement of list(program.body)) readStatement(statement, source);
  const constants = readConstants(program);
  walk(program, (node) => {
    if (node.declare === true) return;
    const reason = NOT_ERASABLE[node.type];
    const { line, column } = node.loc.start;
    if (reason !== undefined && !isTypesOnly(node)) {
      fail(`${file}:${line}:${column + 1}: Node runs .ts files by leaving the types out, so it cannot run ${reason}`);
    }
    if (node.type === 'CallExpression') addBuilderCall(source, node, constants);
    if (node.type === 'ImportExpression') addImport(source, node, node.source, 'expression');
    if (node.type === 'TSImportType') addImport(source, node, node.argument, 'type');
  });
  return source;
}

function readStatement(node: Node, source: Source): void {
  const inner = one(node.declaration) ?? node;
  const declared = declaredNames(inner);
  if (inner.type === 'TSInterfaceDeclaration' || inner.type === 'TSTypeAliasDeclaration') {
    for (const name of declared) source.types.add(name);
  }
  if (inner.type === 'ClassDeclaration' || inner.type === 'ClassExpression')
    addClass(source, inner, declared[0] ?? 'default');
  for (const declarator of inner.type === 'VariableDeclaration' ? list(inner.declarations) : []) {
    const init = one(declarator.init);
    if (init?.type === 'ClassExpression') addClass(source, init, nameOf(one(declarator.id)));
  }
  if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') {
    addImport(source, node, node.source, node.type === 'ImportDeclaration' ? 'import' : 'export');
  } else if (node.type === 'ExportDefaultDeclaration') {
    source.exports.set('default', inner.type === 'Identifier' ? nameOf(inner) : (declared[0] ?? 'default'));
  } else if (node.type === 'ExportNamedDeclaration') {
    if (one(node.source)) addImport(source, node, node.source, 'export');
    else for (const name of declared) source.exports.set(name, name);
    for (const specifier of list(node.specifiers)) {
      if (!one(node.source)) source.exports.set(nameOf(one(specifier.exported)), nameOf(one(specifier.local)));
    }
  }
}

function addClass(source: Source, node: Node, name: string): void {
  const bases: string[] = [];
  const heritage = one(node.superClass);
  if (heritage) {
    walk(heritage, (part) => {
      if (part.type === 'Identifier') bases.push(nameOf(part));
      if (part.type === 'MemberExpression') bases.push(`${nameOf(one(part.object))}.${nameOf(one(part.property))}`);
    });
  }
  source.classes.push({ name, abstract: node.abstract === true, bases });
}

function addImport(source: Source, node: Node, literal: unknown, kind: Import['kind']): void {
  const quoted = one(one(literal)?.literal) ?? one(literal);
  // import(variable) is resolved when it runs, if at all.
  if (quoted?.type !== 'Literal' || typeof quoted.value !== 'string') return;
  const bindings: Binding[] = [];
  let namespace: string | undefined;
  for (const part of list(node.specifiers)) {
    const [local, imported] = kind === 'export' ? [part.exported, part.local] : [part.local, part.imported];
    if (part.type === 'ImportNamespaceSpecifier') namespace = nameOf(one(local));
    else {
      const typeOnly = part.importKind === 'type' || part.exportKind === 'type';
      const name = part.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(one(imported));
      bindings.push({ imported: name, local: nameOf(one(local)), typeOnly, start: part.start });
    }
  }
  source.imports.push({
    specifier: quoted.value,
    start: quoted.start,
    end: quoted.end,
    line: quoted.loc.start.line,
    bindings,
    namespace,
    typeOnly: kind === 'type' || node.importKind === 'type' || node.exportKind === 'type',
    attributes: list(node.attributes).length > 0 || one(node.options) !== undefined,
    kind,
  });
}

function addBuilderCall(source: Source, node: Node, constants: ReadonlyMap<string, string>): void {
  const callee = one(node.callee);
  if (callee?.type !== 'MemberExpression' || one(callee.object)?.type !== 'ThisExpression') return;
  const [first, second] = list(node.arguments);
  const control = textOf(first) ?? constants.get(nameOf(first));
  if (control === undefined) return;
  source.builderCalls.push({ builder: nameOf(one(callee.property)), control, labels: textsOf(second) });
}

/** The texts that an expression can be, as far as it says so: 'a', ['a', 'b'], x ? 'a' : 'b', x ?? 'a'. */
function textsOf(node: Node | undefined): string[] {
  const text = textOf(node);
  if (node === undefined || text !== undefined) return text === undefined ? [] : [text];
  const parts = [node.consequent, node.alternate, node.left, node.right].map(one);
  if (node.type === 'ArrayExpression') return list(node.elements).flatMap(textsOf);
  return /^(Conditional|Logical)Expression$/.test(node.type) ? parts.flatMap(textsOf) : [];
}

/** Texts that have a name: const control = 'mood'. */
function readConstants(program: Node): Map<string, string> {
  const declarators = list(program.body)
    .map((statement) => one(statement.declaration) ?? statement)
    .filter(({ kind }) => kind === 'const')
    .flatMap(({ declarations }) => list(declarations));
  return new Map(
    declarators.flatMap(({ id, init }) => {
      const text = textOf(one(init));
      return text === undefined ? [] : [[nameOf(one(id)), text]];
    }),
  );
}

function declaredNames(node: Node): string[] {
  if (node.type === 'VariableDeclaration') return list(node.declarations).map(({ id }) => nameOf(one(id)));
  return one(node.id) ? [nameOf(one(node.id))] : [];
}

/** A namespace of types alone is left out with them. */
function isTypesOnly(node: Node): boolean {
  const body = list(one(node.body)?.body).map((statement) => one(statement.declaration) ?? statement);
  return (
    node.type === 'TSModuleDeclaration' &&
    body.length > 0 &&
    body.every(({ type }) => /^TS(Interface|TypeAlias)/.test(type))
  );
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit);
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
const one = (value: unknown): Node | undefined => (isNode(value) ? value : undefined);
const list = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
const textOf = (node: Node | undefined) =>
  node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
/** Of an identifier, or a quoted export name. */
const nameOf = (node: Node | undefined): string => String(node?.name ?? node?.value ?? '');
