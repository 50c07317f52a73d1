/**
 * Marks constants at the top level of a source text as free of side effects, so that a bundler can
 * drop the unused ones. A bundler keeps a call, a spread or a property access at the top level,
 * because each may run code with side effects; in these sources none does. A call gets the comment
 * `@__PURE__` before it. Any other expression, such as `{ ...a }`, is wrapped in a function that is
 * called at once, and that call gets the comment.
 */
import ts from 'typescript'

const mark = '/* @__PURE__ */ '

/** The text with all constants of its top level marked. The lines stay as they are. */
export const markPure = (path, text) => {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
  const namespaces = new Set(file.statements.flatMap(namespaceOf))
  const edits = file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .flatMap(({ initializer }) => (initializer === undefined ? [] : marks(initializer, namespaces)))
    .sort(({ at }, other) => at - other.at)
  let from = 0
  let marked = ''
  for (const { at, insert } of edits) {
    marked += text.slice(from, at) + insert
    from = at
  }
  return marked + text.slice(from)
}

/** The name of `import * as name`: reading a member of it runs no code. */
const namespaceOf = (statement) => {
  if (!ts.isImportDeclaration(statement)) return []
  const bindings = statement.importClause?.namedBindings
  return bindings !== undefined && ts.isNamespaceImport(bindings) ? [bindings.name.text] : []
}

/** What to insert so that the expression has no effect for a bundler; nothing if it has none. */
const marks = (node, namespaces) => {
  const inner = (next) => marks(next, namespaces)
  if (isFree(node, namespaces)) return []
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node)
  )
    return inner(node.expression)
  if (ts.isArrayLiteralExpression(node) && !node.elements.some(ts.isSpreadElement))
    return node.elements.flatMap(inner)
  if (ts.isObjectLiteralExpression(node) && node.properties.every(isPlain))
    return node.properties.flatMap((property) =>
      ts.isPropertyAssignment(property) ? inner(property.initializer) : [],
    )
  if (
    (ts.isCallExpression(node) || ts.isNewExpression(node)) &&
    isFree(node.expression, namespaces) &&
    !node.arguments?.some(ts.isSpreadElement)
  )
    return [{ at: node.getStart(), insert: mark }, ...(node.arguments ?? []).flatMap(inner)]
  return [
    { at: node.getStart(), insert: `${mark}(() => (` },
    { at: node.getEnd(), insert: '))()' },
  ]
}

/** A property that only names a value, or a method that is not run. */
const isPlain = (property) =>
  !ts.isSpreadAssignment(property) &&
  (property.name === undefined || !ts.isComputedPropertyName(property.name))

/** Whether a bundler sees for itself that the expression runs no code. */
const isFree = (node, namespaces) =>
  ts.isIdentifier(node) ||
  ts.isLiteralExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isFunctionExpression(node) ||
  [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(
    node.kind,
  ) ||
  (ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    namespaces.has(node.expression.text))
