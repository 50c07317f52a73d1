/**
 * Defines the parts that the JSON Schemas of several answers share, and the functions that build a
 * schema. A later release may add a field to an object. Removing a field, or changing its meaning,
 * requires a new version.
 */

/** The version of the JSON of all answers. */
export const answerVersion = 1

/** A JSON Schema of draft 2020-12, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>

type Properties = Readonly<Record<string, Schema>>

/** A string, with what it means. */
export const string = (description: string): Schema => ({ type: 'string', description })

/** A whole number of 0 or more. */
export const count = (description: string): Schema => ({
  ...{ type: 'integer', minimum: 0 },
  description,
})

/** Any number. */
export const number = (description: string): Schema => ({ type: 'number', description })

/** A list. */
export const list = (items: Schema, description?: string): Schema => ({
  ...{ type: 'array', items },
  ...(description === undefined ? {} : { description }),
})

/** An object with the fields that it always has, and those that it may lack. */
export const record = (required: Properties, optional: Properties = {}): Schema => ({
  type: 'object',
  properties: { ...required, ...optional },
  required: Object.keys(required),
})

/** The schema of a whole answer; a reference of its parts names a definition of this file. */
export const answerSchema = (
  name: string,
  description: string,
  fields: Properties,
  optional: Properties = {},
): Schema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:stowage:answer:${name}:${answerVersion}`,
  title: `stowage ${name}`,
  description,
  ...record({ version: { const: answerVersion }, ...fields }, optional),
  $defs: definitions,
})

/** The part of that name. */
export const part = (name: keyof typeof definitions): Schema => ({ $ref: `#/$defs/${name}` })

const amounts = (cpu: string, memory: string): Schema =>
  record({ cpu: number(cpu), memory: number(memory) })

const reasons = list({ type: 'string' }, 'in the words of the platform')

const hold = record(
  { name: string('of a workload'), count: count('of its replicas') },
  { running: count('how many of them were there before') },
)

const refusal = record(
  {
    plugin: string('the rule that refuses; empty when it has no name'),
    reasons,
    removable: { type: 'boolean', description: 'whether removing replicas could help' },
  },
  { details: list({ type: 'string' }, 'what exactly refuses, such as an attribute') },
)

const definitions = {
  platform: { enum: ['kubernetes', 'ecs'] },
  hold,
  gauge: record({
    resource: string('such as cpu'),
    unit: string('of both numbers, such as m or B'),
    of: number('what there is'),
    used: number('what is used'),
  }),
  size: amounts('in 1/1024 vCPU', 'in MiB'),
  refusal,
  vended: record({
    name: string('of the workload'),
    count: count('of its replicas of this size'),
    asked: amounts('in 1/1000 vCPU', 'in bytes'),
    overhead: record({ memory: number('in bytes, for what runs beside it') }),
    size: { $ref: '#/$defs/size' },
    wasted: amounts('in 1/1000 vCPU', 'in bytes'),
  }),
  launch: record(
    { name: string('of the workload'), count: count('of its replicas') },
    {
      capacityProvider: { enum: ['FARGATE', 'FARGATE_SPOT'] },
      subnet: string('where the workload names one'),
    },
  ),
  homeless: record(
    {
      name: string('of the workload'),
      count: count('of its replicas without a place'),
      reason: string('why'),
    },
    { supply: { enum: ['instances', 'fargate', 'external', 'managed'] } },
  ),
  preemption: record(
    {
      node: string('on which it would fit'),
      victims: list({ type: 'string' }, 'replicas that would leave'),
    },
    { name: string('of the workload') },
  ),
  warning: record(
    {
      code: string('a row of the page on warnings'),
      from: string('the document'),
      subject: string('the object'),
      text: string('what is not honoured'),
    },
    { detail: string('of the subject') },
  ),
  ignored: record({ from: string('the document'), kind: string('its kind') }),
} as const satisfies Record<string, Schema>
