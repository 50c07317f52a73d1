/**
 * Writes a module that gives the core modules of a component by name, for hosts that take
 * WebAssembly as modules and compile none at run time, such as workerd.
 */

/** The text of the module; it exports `coreOf`, the first argument of jco's `instantiate`. */
export const coresModule = (
  names,
) => `${names.map((name, i) => `import core${i} from './${name}'`).join('\n')}
const cores = { ${names.map((name, i) => `'${name}': core${i}`).join(', ')} }
export const coreOf = (name) => cores[name]
`
