/**
 * Lists the language features and globals that source files may not use, as ESLint rules. Two
 * examples for the kernel and the adapters: `Date`, which reads the clock, and `Math.random`, whose
 * answer differs from run to run. Each ban has a reason, which ESLint prints.
 *
 * `house` and `pure`, at the end of the file, return the rules for one kind of file, such as tests.
 * ESLint replaces a rule's options instead of merging them, so each of the two returns the complete
 * options. `test/bans.test.ts` tests every ban.
 */
import { builtinModules } from 'node:module'

const globals = [
  {
    names: ['Date'],
    why: 'reads the clock or the time zone of the host; time arrives in the event, as `at`.',
  },
  {
    names: ['Intl'],
    why: 'depends on the locale data of the runtime; strings order by code unit, time zones arrive as tables.',
  },
  {
    names: ['RegExp'],
    why: 'compiles a pattern from outside, which may backtrack for ever; write a literal, or an automaton.',
  },
  {
    names: ['WeakRef', 'FinalizationRegistry', 'Atomics', 'SharedArrayBuffer'],
    why: 'shows when the collector or another thread has run; the same input must give the same answer.',
  },
  {
    names: [
      'globalThis',
      'global',
      'self',
      'window',
      'document',
      'navigator',
      'process',
      'console',
    ],
    why: 'is the host, and differs between hosts; what is needed from it arrives as an argument.',
  },
  {
    names: ['performance', 'crypto', 'fetch', 'XMLHttpRequest', 'WebSocket', 'Worker', 'Buffer'],
    why: 'is a clock, a source of chance or a way out; the kernel and the adapters do no input or output.',
  },
  {
    names: ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame'],
    why: 'waits for the clock of the host; ask for a wake as data instead, with `WakeAt`.',
  },
  {
    names: ['eval', 'Function'],
    why: 'runs text as code, which no reader, type or lint rule can see, and which edge runtimes refuse.',
  },
]

/**
 * What IEEE 754 and the language define to the last bit; everything else in Math may differ between
 * engines.
 */
const exactMath = '/^(abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc)$/'
const locale = '/^(toLocale.*|localeCompare)$/'
const patternMethod = '/^(match|matchAll|search)$/'

const pureSyntax = [
  {
    selector: `MemberExpression[object.name='Math']:matches([computed=true], :not([property.name=${exactMath}]))`,
    message:
      'Only the exact members of Math: the others (random, logarithms, powers, trigonometry) differ between runtimes.',
  },
  {
    selector: ":not(MemberExpression) > Identifier[name='Math']",
    message: 'Name the member of Math where it is used, so that it can be seen to be an exact one.',
  },
  {
    selector: ":matches(BinaryExpression[operator='**'], AssignmentExpression[operator='**='])",
    message: '`**` is not exact and differs between runtimes; multiply, or use a table.',
  },
  {
    selector: `:matches(MemberExpression > *.property, Property > *.key):matches([name=${locale}], [value=${locale}])`,
    message: 'Locale methods depend on the locale of the host; strings order by code unit.',
  },
  {
    selector: `CallExpression[callee.property.name=${patternMethod}][arguments.length=1]:not([arguments.0.regex])`,
    message:
      'A pattern that is not a literal becomes a regular expression from outside; write the literal, or an automaton.',
  },
  {
    selector:
      ':matches(TSTypeReference > Identifier.typeName, TSTypeQuery > Identifier.exprName)[name=/^(Date|RegExp|WeakRef)$/]',
    message:
      'A value of this type brings the host in by the back door; ask for an instant, or for an automaton.',
  },
  {
    selector: ':matches(TSAsExpression, TSTypeAssertion) > TSAnyKeyword',
    message: '`as any` switches the types off; say what the value is, or decode it.',
  },
  {
    selector: ':matches(ImportExpression, TSImportType)',
    message:
      'A dynamic import is input at run time, and hides what a file reads; import at the top.',
  },
  {
    selector: "MetaProperty[meta.name='import']",
    message: '`import.meta` tells where the host has put the file.',
  },
]

const houseSyntax = [
  {
    selector: 'ExportAllDeclaration',
    message: 'A barrel lists names, so that what is public can be read in it.',
  },
  {
    selector: 'TSEnumDeclaration',
    message: 'An enum is not erasable; use a union of literals.',
  },
  {
    selector: 'TSModuleDeclaration',
    message: 'A namespace is not erasable; a module is a file.',
  },
  {
    selector:
      'CallExpression > CallExpression.callee[callee.object.name=/^(E|O|RA|RM|TE)$/] > ArrowFunctionExpression > .params[typeAnnotation]',
    message: 'In a pipe the type is inferred: `pipe(value, E.map((one) => …))`.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(sort|toSorted)$/] > ArrowFunctionExpression > ConditionalExpression.body[consequent.operator="-"][alternate.value=1]',
    message: 'Of equal keys neither comes first: a comparator returns 0, as `byCodeUnit` does.',
  },
]

const spreads = [
  {
    selector:
      'CallExpression[callee.property.name=/^(push|unshift|max|min)$/] > SpreadElement.arguments',
    message:
      'The members of a long list do not fit into the arguments of a call; use a loop, or `reduce`.',
  },
]

const unseeded = [
  {
    selector: "CallExpression[callee.object.name='fc'][callee.property.name='check']",
    message:
      'Other cases are drawn at every run, and some run misses the planted bug; use `refuted`.',
  },
]

const defaultExports = [
  {
    selector: ":matches(ExportDefaultDeclaration, ExportSpecifier[exported.name='default'])",
    message: 'A default export has no name of its own; export the name.',
  },
]

const fpTsPaths = {
  regex: '^fp-ts(?!/lib/[A-Za-z]+\\.js$)',
  message:
    'Import fp-ts/lib/X.js: the root defeats tree shaking, other paths do not resolve in native ESM.',
}
const hostModules = {
  regex: `^(node:.*|(${builtinModules.join('|')})(/.*)?)$`,
  message:
    'The kernel and the adapters import no host API; only the command line touches the host.',
}
const codecs = {
  regex: '^io-ts(-types)?(/|$)',
  message: 'The kernel decodes no vendor words; codecs live in the adapters.',
}

const restrictedGlobals = globals.flatMap(({ names, why }) =>
  names.map((name) => ({ name, message: `${name} ${why}` })),
)

/**
 * What holds in every file. A configuration file may have a default export, because its reader asks
 * for one; a test may not let chance decide.
 */
export const house = ({ configuration = false, test = false } = {}) => ({
  'no-restricted-syntax': [
    'error',
    ...houseSyntax,
    ...(configuration ? [] : defaultExports),
    ...(test ? unseeded : configuration ? [] : spreads),
  ],
  'no-restricted-imports': ['error', { patterns: [fpTsPaths] }],
})

/** What holds in the kernel and the adapters, and with `kernel` what holds in the kernel alone. */
export const pure = ({ kernel = false } = {}) => ({
  'no-restricted-globals': ['error', ...restrictedGlobals],
  'no-restricted-syntax': ['error', ...houseSyntax, ...defaultExports, ...spreads, ...pureSyntax],
  'no-restricted-imports': [
    'error',
    { patterns: [fpTsPaths, hostModules, ...(kernel ? [codecs] : [])] },
  ],
})
