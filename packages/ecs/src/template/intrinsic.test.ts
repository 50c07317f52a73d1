/**
 * Tests the value of each intrinsic function, such as `Fn::Join`, with examples after those of the
 * AWS CloudFormation Template Reference. Also tests which values stay unresolved.
 */
import { describe, expect, it } from 'vitest'
import { conditionsOf } from './condition.js'
import { sectionsOf } from './template.fixture.js'
import { evaluate } from './intrinsic.js'
import { parameterValues } from './parameter.js'
import { isUnresolved, unresolvedText } from './unresolved.js'

const sections = {
  Parameters: {
    Count: { Type: 'Number', Default: 3 },
    Zones: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
    Env: { Type: 'String', Default: 'prod' },
    Vpc: { Type: 'String' },
  },
  Mappings: { Sizes: { prod: { cpu: 512, list: ['x', 'y'] } } },
  Conditions: {
    IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] },
    IsMine: { 'Fn::Equals': [{ Ref: 'Vpc' }, 'vpc-1'] },
  },
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue' },
    Old: { Type: 'AWS::SQS::Queue', Condition: 'IsOld' },
  },
}

const value = (expression: unknown): unknown => {
  const template = sectionsOf({
    ...sections,
    Conditions: { ...sections.Conditions, IsOld: { 'Fn::Not': [{ Condition: 'IsProd' }] } },
  })
  const given = { from: '', values: new Map([['AWS::Region', 'eu-west-1']]) }
  const parameters = parameterValues(template, given)
  const imports = new Map()
  const scope = {
    key: 'web',
    template,
    parameters,
    imports,
    nested: new Map(),
    conditions: conditionsOf(template, parameters, imports),
  }
  const found = evaluate(scope, expression)
  return isUnresolved(found) ? unresolvedText(found) : found
}

describe('a function', () => {
  it.each<readonly [unknown, unknown]>([
    [{ Ref: 'Count' }, '3'],
    [{ Ref: 'Zones' }, ['a', 'b', 'c']],
    [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    [{ Ref: 'AWS::StackName' }, 'web'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Count' }, 7]] }, 'a-3-7'],
    [{ 'Fn::Join': [',', { Ref: 'Zones' }] }, 'a,b,c'],
    [{ 'Fn::Split': ['|', 'a||c|'] }, ['a', '', 'c', '']],
    [{ 'Fn::Select': ['1', { Ref: 'Zones' }] }, 'b'],
    [{ 'Fn::Select': [2, { 'Fn::Split': ['/', 'x/y/z'] }] }, 'z'],
    [{ 'Fn::FindInMap': ['Sizes', { Ref: 'Env' }, 'cpu'] }, 512],
    [{ 'Fn::FindInMap': ['Sizes', 'dev', 'cpu', { DefaultValue: 128 }] }, 128],
    [{ 'Fn::Length': { Ref: 'Zones' } }, 3],
    [{ 'Fn::Sub': '${Env}/${AWS::Region}/${!Env}/${ Count }' }, 'prod/eu-west-1/${Env}/3'],
    [{ 'Fn::Sub': ['${A}-${Env}', { A: { Ref: 'Count' } }] }, '3-prod'],
    [{ 'Fn::If': ['IsProd', { Ref: 'Count' }, 1] }, '3'],
    [{ 'Fn::If': ['IsOld', 1, { a: [{ Ref: 'Count' }] }] }, { a: ['3'] }],
    [{ a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }, 2] }, { b: [1, 2] }],
    [
      { Ref: 'Count', Other: 1 },
      { Ref: 'Count', Other: 1 },
    ],
  ])('%j comes to %j', (expression, expected) => {
    expect(value(expression)).toEqual(expected)
  })

  it.each<readonly [unknown, string]>([
    [{ Ref: 'Vpc' }, 'Ref Vpc (parameter Vpc has no Default, and no value was given)'],
    [{ Ref: 'AWS::AccountId' }, 'Ref AWS::AccountId (AWS::AccountId was not given)'],
    [{ Ref: 'Queue' }, 'Ref Queue (it is known when Queue is made)'],
    [{ Ref: 'Old' }, 'Ref Old (Old is not made, as IsOld does not hold)'],
    [{ 'Fn::GetAtt': 'Queue.Arn' }, 'Fn::GetAtt Queue.Arn (it is known when Queue is made)'],
    [{ 'Fn::GetAtt': ['Queue', 'A.B'] }, 'Fn::GetAtt Queue.A.B (it is known when Queue is made)'],
    [{ 'Fn::Sub': 'x-${Queue.Arn}' }, 'Fn::Sub "x-${Queue.Arn}" (it is known when Queue is made)'],
    [
      { 'Fn::Join': ['', ['a', { Ref: 'Vpc' }]] },
      'Fn::Join of Ref Vpc (parameter Vpc has no Default, and no value was given)',
    ],
    [
      { 'Fn::If': ['IsMine', 1, 2] },
      'Fn::If IsMine (parameter Vpc has no Default, and no value was given)',
    ],
    [{ 'Fn::ImportValue': 'net:vpc' }, 'Fn::ImportValue (another stack exports net:vpc)'],
    [
      { 'Fn::Join': ['/', ['a', '{{resolve:ssm:/b:1}}']] },
      'Fn::Join of "{{resolve:ssm:/b:1}}" (it is looked up when the stack is made)',
    ],
    [
      { 'Fn::Sub': '${Env}-{{resolve:ssm:/${Env}}}' },
      '"{{resolve:ssm:/prod}}" (it is looked up when the stack is made)',
    ],
    [{ 'Fn::GetAZs': '' }, 'Fn::GetAZs (this function is not evaluated)'],
    [{ 'Fn::Select': [3, { Ref: 'Zones' }] }, 'Fn::Select (its arguments are not what it takes)'],
    [
      { 'Fn::FindInMap': ['Sizes', 'dev', 'cpu'] },
      'Fn::FindInMap (its arguments are not what it takes)',
    ],
    [
      { 'Fn::FindInMap': ['Sizes', 'prod', '__proto__'] },
      'Fn::FindInMap (its arguments are not what it takes)',
    ],
  ])('%j stays open', (expression, expected) => {
    expect(value(expression)).toBe(expected)
  })

  it('leaves the rest of a value as it is, whatever is open in it', () => {
    expect(value({ a: 1, b: [{ Ref: 'Vpc' }] })).toMatchObject({ a: 1, b: [{ stands: 'Ref Vpc' }] })
  })
})

describe('a condition', () => {
  const open = { 'Fn::Equals': [{ Ref: 'Vpc' }, 'x'] }
  const yes = { 'Fn::Equals': ['1', 1] }
  const no = { 'Fn::Equals': ['a', 'b'] }
  const holds = (condition: unknown): unknown => {
    const template = sectionsOf({ ...sections, Conditions: { It: condition, Yes: yes } })
    const found = conditionsOf(
      template,
      parameterValues(template, { from: '', values: new Map() }),
      new Map(),
    )
    const it = found.get('It')
    return isUnresolved(it) ? 'open' : it
  }
  it.each<readonly [unknown, unknown]>([
    [yes, true],
    [no, false],
    [open, 'open'],
    [{ Condition: 'Yes' }, true],
    [{ 'Fn::Not': [{ Condition: 'Yes' }] }, false],
    [{ 'Fn::Not': [open] }, 'open'],
    [{ 'Fn::And': [yes, open] }, 'open'],
    [{ 'Fn::And': [open, no] }, false],
    [{ 'Fn::Or': [open, yes] }, true],
    [{ 'Fn::Or': [no, open] }, 'open'],
    [{ 'Fn::And': [yes, { 'Fn::Or': [no, { Condition: 'Yes' }] }] }, true],
  ])('%j is %j', (condition, expected) => {
    expect(holds(condition)).toBe(expected)
  })
  it('is looked at once, so that a long chain of them is no matter', () => {
    const chain = Array.from({ length: 30_000 }, (_, i): readonly [string, object] => [
      `C${i}`,
      i === 0 ? yes : { 'Fn::And': [{ Condition: `C${i - 1}` }, { Condition: `C${i - 1}` }] },
    ])
    const template = sectionsOf({ Conditions: Object.fromEntries([...chain].reverse()) })
    expect(conditionsOf(template, new Map(), new Map()).get('C29999')).toBe(true)
  })
})
