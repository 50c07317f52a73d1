/**
 * Configures TypeDoc, which generates the API reference from the docstrings. Each entry point of a
 * library is one module, with its exported names only. `npm run api-docs` writes the result to
 * `.api-docs`.
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
