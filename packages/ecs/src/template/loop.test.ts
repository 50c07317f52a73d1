/**
 * Tests two language extensions of CloudFormation templates: `Fn::ForEach` loops, and `Ref` with a
 * computed name.
 */
import { describe, expect, it } from 'vitest'
import { complaints, input, service, taskDefinition, template } from './template.fixture.js'
import { isTemplate } from './template.js'

const Transform = 'AWS::LanguageExtensions'
const copied = (more: object = {}) => service({ ServiceName: { 'Fn::Sub': 's-${N}' }, ...more })
const looped = (
  collection: unknown,
  fragment: object = { 'Svc${N}': copied() },
  sections: object = {},
) => template({ 'Fn::ForEach::S': ['N', collection, fragment] }, { Transform, ...sections })
const namesOf = (...[value, values]: Parameters<typeof input>) =>
  input(value, values).workloads.map(({ name }) => name)
const warningsIn = (value: unknown) =>
  input(value).warnings.map(({ code, subject, detail = '' }) => `${code} ${subject} ${detail}`)

describe('a loop', () => {
  it('stands for its fragment once for each text of a list', () => {
    expect(namesOf(looped(['a', 'b']))).toEqual(['s-a', 's-b', 'web'])
    expect(warningsIn(looped(['a', 'b']))).toEqual([])
    expect(input(looped(['a', 'b'])).ignored).toEqual([])
    expect(namesOf(looped([]))).toEqual(['web'])
  })

  it('goes over a list of a parameter, or of a mapping', () => {
    const Parameters = { Names: { Type: 'CommaDelimitedList', Default: 'x,y' } }
    const value = looped({ Ref: 'Names' }, undefined, { Parameters })
    expect(namesOf(value)).toEqual(['s-x', 's-y', 'web'])
    expect(namesOf(value, { Names: 'z' })).toEqual(['s-z', 'web'])
    const Mappings = { M: { prod: { names: ['p', 'q'] } } }
    const ofMap = looped({ 'Fn::FindInMap': ['M', 'prod', 'names'] }, undefined, { Mappings })
    expect(namesOf(ofMap)).toEqual(['s-p', 's-q', 'web'])
  })

  it('writes its text for a Ref, in names and in texts, and in a logical id by its letters', () => {
    const fragment = {
      'Task&{N}': taskDefinition({ Family: { Ref: 'N' } }),
      'Svc&{N}': service({ ServiceName: 'at-${N}', TaskDefinition: { Ref: 'Task&{N}' } }),
    }
    const { workloads } = input(looped(['a-1', 'b'], fragment))
    expect(workloads.map(({ name, definition }) => `${name} ${definition.family}`)).toEqual([
      'at-a-1 a-1',
      'at-b b',
      'web web',
    ])
  })

  it('may be within another, and within properties', () => {
    const inner = {
      'Fn::ForEach::T': [
        'M',
        ['1', '2'],
        { 'Svc${N}${M}': service({ ServiceName: 's-${N}${M}' }) },
      ],
    }
    expect(namesOf(looped(['a', 'b'], inner))).toEqual(['s-a1', 's-a2', 's-b1', 's-b2', 'web'])
    const labels = { 'Fn::ForEach::L': ['K', ['x'], { '${K}': '${N}' }] }
    const definition = taskDefinition({
      ...{ Family: '${N}' },
      ContainerDefinitions: [{ Name: 'main', Image: 'i', Memory: 64, DockerLabels: labels }],
    })
    expect(warningsIn(looped(['a'], { 'Task${N}': definition }))).toEqual([])
  })

  it('may make conditions', () => {
    const Conditions = {
      'Fn::ForEach::C': ['E', ['dev', 'prod'], { 'Is${E}': { 'Fn::Equals': ['${E}', 'prod'] } }],
    }
    const fragment = { 'Svc${N}': { ...copied(), Condition: 'Is${N}' } }
    expect(namesOf(looped(['dev', 'prod'], fragment, { Conditions }))).toEqual(['s-prod', 'web'])
  })

  it.each<readonly [string, unknown, object | undefined]>([
    ['goes over what is not known', { 'Fn::ImportValue': 'names' }, undefined],
    ['goes over no list', 'a', undefined],
    ['goes over what is no text', [{ a: 1 }], undefined],
    ['would write what is there', ['a'], { Web: copied() }],
    ['would write one name twice', ['a', 'a'], undefined],
    [
      'would be longer than a template may be',
      Array.from({ length: 9000 }, (_, i) => `n${i}`),
      undefined,
    ],
  ])('is named with what it makes where it %s', (_, collection, fragment) => {
    const value = looped(collection, fragment)
    expect(namesOf(value)).toEqual(['web'])
    expect(warningsIn(value)).toEqual([
      'MacroNotApplied a/web.yaml Transform',
      'TasksNotPlanned a/web.yaml: Fn::ForEach::S AWS::ECS::Service',
    ])
  })

  it('is none without the transform, and one beside other macros', () => {
    const bare = looped(['a'], undefined, { Transform: undefined })
    expect(warningsIn(bare).map((line) => line.split(' ')[0])).toContain('TasksNotPlanned')
    expect(namesOf(looped(['a'], undefined, { Transform: ['M', Transform] }))).toEqual([
      's-a',
      'web',
    ])
  })

  it('has the faults of its copies, at the copy', () => {
    expect(complaints(looped(['a'], { 'Svc${N}': copied({ DesiredCount: -1 }) }))).toEqual([
      'a/web.yaml, Resources.Svca.Properties.DesiredCount: found -1, expected a whole number of tasks, 0 or more',
    ])
    expect(complaints(looped(['a'], { 'Svc${N}': { Properties: {} } }))).toEqual([
      'a/web.yaml, Resources.Svca.Type: found nothing, expected a type',
    ])
  })

  it('makes a template, also where there is nothing else', () => {
    const fragment = {
      'Task${N}': taskDefinition({ Family: '${N}' }),
      'Svc${N}': copied({ TaskDefinition: { Ref: 'Task${N}' } }),
    }
    const value = { Transform, Resources: { 'Fn::ForEach::S': ['N', ['a', 'b'], fragment] } }
    expect(isTemplate(value)).toBe(true)
    expect(namesOf(value)).toEqual(['s-a', 's-b'])
    expect(isTemplate({ Resources: { 'Fn::Transform': {} } })).toBe(false)
  })

  it('leaves other names undefined, which is a fault where no macro may add them', () => {
    expect(complaints(looped(['a'], { 'Svc${N}': copied({ Cluster: { Ref: 'Nope' } }) }))).toEqual([
      'a/web.yaml, Resources.Svca.Properties.Cluster.Ref: found "Nope", expected the name of a parameter or of a resource of the template',
    ])
  })
})

describe('a Ref with a function', () => {
  const task = (name: unknown, sections: object = { Transform }) =>
    template({ Other: service({ ServiceName: 'other', TaskDefinition: { Ref: name } }) }, sections)
  const computed = { 'Fn::Sub': '${Part}k' }
  const withPart = (Default: string) => ({ Parameters: { Part: { Type: 'String', Default } } })

  it('computes the name of a resource or of a parameter', () => {
    expect(namesOf(task(computed, { Transform, ...withPart('Tas') }))).toEqual(['other', 'web'])
    expect(warningsIn(task(computed, { Transform, ...withPart('Tas') }))).toEqual([])
    const names = {
      'Svc${N}': copied({ ServiceName: { Ref: { 'Fn::Join': ['', ['Na', 'me']] } } }),
    }
    const Parameters = { Name: { Type: 'String', Default: 'given' } }
    expect(namesOf(looped(['a'], names, { Parameters }))).toEqual(['given', 'web'])
  })

  it.each<readonly [string, unknown, object, string]>([
    [
      'is no resource',
      computed,
      { Transform, ...withPart('X') },
      'Ref Xk (the template has no Xk)',
    ],
    [
      'is not known',
      { 'Fn::ImportValue': 'n' },
      { Transform },
      'Ref of Fn::ImportValue (another stack exports n)',
    ],
    ['is no text', { 'Fn::Split': [',', 'a,b'] }, { Transform }, 'Ref (it names nothing)'],
    [
      'no transform lets it compute',
      computed,
      withPart('Tas'),
      'Ref (only the transform AWS::LanguageExtensions takes more than a name in it)',
    ],
  ])('leaves its service out where the name %s', (_, name, sections, why) => {
    expect(namesOf(task(name, sections))).toEqual(['web'])
    expect(warningsIn(task(name, sections))).toEqual([
      `ResourceLeftOut a/web.yaml: Other TaskDefinition is ${why}`,
    ])
  })
})
