/**
 * Checks names and comments. For example, no two files of a package declare the same name, every
 * public name has a docstring, and no comment is wider than 100 columns. Each check is a function
 * from the sources to a list of violations, so that a test can plant a violation.
 */
import { declaredIn, namesIn, globalNames, publishedBy } from './declared.js'
import { placeOf } from './imports.js'
import { isBarrel, untested, type Sources } from './sources.js'

const widthMax = 100

/**
 * Names for one instant, names for time (events, orders, controllers, pools, logs), names for
 * autoscaling on both platforms, names for supply (offerings and plans of nodes, and the question
 * which nodes can go), one for what a change may not change, one for what a dump may lack, those of
 * Managed Instances, one for the judge of single nodes that preemption asks very often, and one for
 * who asks for indexes.
 */
export const publicMax = 450 + 110 + 62 + 2 + 3 + 1 + 1

/** What the files that are no tests declare at their top level. */
const declarations = (sources: Sources) =>
  untested(sources).flatMap(([path, text]) =>
    declaredIn(path, text).map((declared) => ({ path, ...declared })),
  )

/** The kernel's room of functions for callers without fp-ts, which have the names of the others. */
const isTwin = (path: string): boolean => path.startsWith('packages/kernel/src/plain/')

/** A name has one meaning in a package: no two of its files declare it at their top level. */
const homonyms = (sources: Sources): readonly string[] => {
  const places = new Map<string, readonly string[]>()
  for (const { path, name } of declarations(sources)) {
    const key = `${name} of ${placeOf(path)?.package ?? ''}`
    if (!isTwin(path)) places.set(key, [...(places.get(key) ?? []), path])
  }
  return [...places]
    .filter(([, paths]) => paths.length > 1)
    .map(([key, paths]) => `${key} is declared in ${paths.join(' and in ')}`)
}

/** A type or a value is a noun, a function a verb: these are neither. */
const participle =
  /^(asked|meant|told|said|saying|telling|kept|wanted|wanting|standing|looked|seated|meaning|learnt|judged|heard)$/i
const participleAtEnd =
  /[a-z](Asked|Meant|Told|Said|Wanted|Wanting|Kept|Standing|Looked|Learnt|Judged)$/
const isParticiple = (name: string): boolean => participle.test(name) || participleAtEnd.test(name)

/** Whatever is declared in a source, also inside functions, as a parameter or as a field. */
const participles = (sources: Sources): readonly string[] =>
  untested(sources).flatMap(([path, text]) =>
    namesIn(path, text)
      .filter(isParticiple)
      .map((name) => `${path} names something ${name}`),
  )

/** Names of one word that are nouns although they end as a participle does. */
const nouns = new Set([
  ...[
    'binding',
    'ceiling',
    'embed',
    'feed',
    'happening',
    'holding',
    'need',
    'offering',
    'opening',
    'packing',
    'ranking',
  ],
  ...['recording', 'seed', 'string', 'substring', 'warning', 'wording', 'drawing'],
])

const irregular = new RegExp(
  `^(un)?(${[
    'made|given|found|known|seen|written|drawn|sent|chosen|held|left|met|lost|broken|built|bought',
    'caught|driven|felt|forgotten|gone|hidden|laid|led|meant|paid|proven|shown|sold|spent|spoken',
    'stolen|taken|taught|thought|thrown|told|understood|worn|won',
  ].join('|')})$`,
  'i',
)
const pronoun = new RegExp(
  `^(${[
    'again|all|always|any|anything|both|each|every|everything|here|it|least|less|many|more|most',
    'never|none|nothing|one|only|other|others|rest|same|some|something|that|them|there|these|this',
    'those|together|what|which|who|whose',
  ].join('|')})$`,
  'i',
)

/** One word that is a participle, a pronoun or an adverb. */
const isLone = (name: string): boolean =>
  /^[A-Za-z][a-z]*$/.test(name) &&
  !nouns.has(name.toLowerCase()) &&
  (/[a-z]{2}(ed|ing)$/i.test(name) || irregular.test(name) || pronoun.test(name))

/** What a file declares at its top level says of what it is: `sortedRows`, and not `sorted`. */
const loneWords = (sources: Sources): readonly string[] =>
  declarations(sources)
    .filter(({ name }) => isLone(name))
    .map(({ path, name }) => `${path} declares ${name}, which is neither a noun nor a verb`)

/** A comment is no wider than code. */
const wideComments = (sources: Sources): readonly string[] =>
  [...sources].flatMap(([path, text]) =>
    text
      .split('\n')
      .map((line, at) => [line, at + 1] as const)
      .filter(([line]) => /^\s*(\/\*|\*|\/\/)/.test(line) && line.length > widthMax)
      .map(([line, at]) => `${path}:${at} is ${line.length} columns wide`),
  )

/** What the barrels publish; the kernel's plain entry repeats the names of the main one. */
const publicNames = (sources: Sources) =>
  [...sources]
    .filter(([path]) => isBarrel(path) && !path.endsWith('/plain.ts'))
    .flatMap(([path, text]) =>
      publishedBy(path, text).map((one) => ({ ...one, package: placeOf(path)?.package ?? '' })),
    )

/** A public name has a docstring where it is declared. */
const undocumented = (sources: Sources): readonly string[] =>
  publicNames(sources)
    .filter(({ from, declaredAs }) => {
      const declared = declaredIn(from, sources.get(from) ?? '')
      return declared.find(({ name }) => name === declaredAs)?.hasDocstring !== true
    })
    .map(({ name, from }) => `${name} of ${from} has no docstring`)

/** A public name has one meaning in all packages. */
const sharedNames = (sources: Sources): readonly string[] => {
  const all = publicNames(sources)
  return all
    .filter(({ name, package: own }, at) =>
      all.slice(0, at).some((other) => other.name === name && other.package !== own),
    )
    .map(({ name, package: own }) => `${name} is public in ${own} and in another package`)
}

const globals = globalNames()

/** No public name hides a global of ES2022 or of the DOM from whoever imports it. */
const shadowing = (sources: Sources): readonly string[] =>
  publicNames(sources)
    .filter(({ name }) => globals.has(name))
    .map(({ name, package: own }) => `${name} of ${own} is a global of the language or of the DOM`)

/** How many names a user has to look through, all entries taken together. */
const crowdedEntries = (sources: Sources): readonly string[] => {
  const { length } = publicNames(sources)
  return length > publicMax ? [`${length} names are public, more than ${publicMax}`] : []
}

export const words = {
  homonyms,
  participles,
  loneWords,
  wideComments,
  undocumented,
  sharedNames,
  shadowing,
  crowdedEntries,
}
