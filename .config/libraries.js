/** The libraries that are published: the name of each package, and its entries. */

/** @type {readonly (readonly [name: string, ...entries: string[]])[]} */
export const libraries = [
  ['kernel', 'index', 'plain'],
  ['documents', 'index'],
  ['fargate', 'index'],
  ['ecs', 'index'],
  ['kubernetes', 'index'],
  ['workbench', 'index'],
  ['simulator', 'index'],
  ['optimizer', 'index'],
  ['testing', 'index', 'conformance'],
]
