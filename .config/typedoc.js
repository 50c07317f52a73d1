/**
 * How the reference of the API is made from docstrings: a module for each entry point, what is
 * exported and nothing else. `npm run api-docs` writes it to `.api-docs`.
 */
import { libraries } from './libraries.js'

export default {
  name: 'Stowage',
  entryPoints: libraries.flatMap(([name, ...entries]) =>
    entries.map((entry) => `../packages/${name}/src/${entry}.ts`),
  ),
  tsconfig: '../tsconfig.json',
  out: '../.api-docs',
  readme: 'none',
  excludePrivate: true,
  excludeInternal: true,
  disableSources: true,
  // The compiler has said what is wrong with types; a link that leads nowhere is an error here.
  skipErrorChecking: true,
  treatWarningsAsErrors: true,
  logLevel: 'Warn',
  validation: { notExported: false, invalidLink: true, notDocumented: false },
}
