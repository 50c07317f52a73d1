/**
 * Tests reading Fargate profiles as the AWS command line prints them, and the errors of invalid
 * ones.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { profile, profiles } from './example.fixture.js'
import { isFargateProfile, readFargateProfiles } from './profile.js'

const wrong = (...values: readonly unknown[]) => {
  const read = readFargateProfiles(values.map((value, i) => ({ from: `${i}.json`, value })))
  return E.isLeft(read) ? read.left : []
}
const { fargateProfile: web } = profile('web', { namespace: 'web', labels: { app: 'web' } })

it('are read as they are printed, by name', () => {
  const all = profiles(
    profile('web', { namespace: 'web', labels: { app: 'web' } }),
    profile('api', { namespace: 'api' }),
  )
  expect(all.warnings).toEqual([])
  expect(all.profiles).toMatchObject([
    { fargateProfileName: 'api', selectors: [{ namespace: 'api', labels: new Map() }] },
    { fargateProfileName: 'web', selectors: [{ labels: new Map([['app', 'web']]) }] },
  ])
})

it('may be in a list', () => {
  const list = [profile('web', { namespace: 'web' }), profile('api', { namespace: 'api' })]
  expect(profiles(list)).toEqual(profiles(...list))
  const values = [list, list[0], [], [{}], {}, null, 'fargateProfile']
  expect(values.map(isFargateProfile)).toEqual([true, true, false, false, false, false, false])
})

describe('a profile is not read', () => {
  it.each([
    [
      'without a name',
      { ...web, fargateProfileName: undefined },
      ['fargateProfile', 'fargateProfileName'],
      'the name of a Fargate profile',
    ],
    [
      'with a selector without a namespace',
      { ...web, selectors: [{}] },
      ['fargateProfile', 'selectors', 0, 'namespace'],
      'a namespace',
    ],
    [
      'with a label that is no text',
      { ...web, selectors: [{ namespace: 'web', labels: { app: 1 } }] },
      ['fargateProfile', 'selectors', 0, 'labels', 'app'],
      'a string',
    ],
    [
      'in a status that there is not',
      { ...web, status: 'READY' },
      ['fargateProfile', 'status'],
      'one of CREATING, ACTIVE, DELETING, CREATE_FAILED, DELETE_FAILED',
    ],
    ['that is no object', 'web', ['fargateProfile'], 'a Fargate profile'],
  ])('%s', (_, fargateProfile, at, expected) => {
    expect(wrong({ fargateProfile })).toMatchObject([{ from: '0.json', at, expected }])
  })
  it('in a list, where it is said which', () => {
    expect(wrong([{ fargateProfile: web }, { fargateProfile: {} }])).toMatchObject([
      { from: '0.json', at: [1, 'fargateProfile', 'fargateProfileName'] },
    ])
    expect(wrong([{ fargateProfile: web }, { fargateProfile: web }])).toMatchObject([
      { from: '0.json', at: [1, 'fargateProfile', 'fargateProfileName'] },
    ])
  })
  it('beside one of its name', () => {
    expect(wrong({ fargateProfile: web }, { fargateProfile: web })).toEqual([
      {
        from: '1.json',
        at: ['fargateProfile', 'fargateProfileName'],
        found: '"web"',
        expected: 'a name of its own: it is also in 0.json',
      },
    ])
  })
  it('beside one of another cluster', () => {
    const other = { ...web, fargateProfileName: 'other', clusterName: 'other' }
    expect(wrong({ fargateProfile: web }, { fargateProfile: other })).toMatchObject([
      { at: ['fargateProfile', 'clusterName'], found: '"other"', expected: '"shop", as in 0.json' },
    ])
  })
})

describe('a profile is warned of', () => {
  const said = (more: object) =>
    profiles({ fargateProfile: { ...web, ...more } }).warnings.map(({ text }) => text)
  const labels = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`l${i}`, 'x']))
  it.each([
    [{ status: 'DELETING' }, 'it is DELETING, so it takes no pods'],
    [{ selectors: [] }, 'it has no selectors, so it takes no pods'],
    [
      { selectors: Array(6).fill({ namespace: 'web' }) },
      'it has more than 5 selectors, the quota unless it was raised',
    ],
    [
      { selectors: [{ namespace: 'web', labels }] },
      'a selector has more than 5 labels, the quota unless it was raised',
    ],
  ])('that has %j', (more, text) => {
    expect(said(more)).toEqual([text])
    expect(said({})).toEqual([])
  })
  it('that is one of too many', () => {
    const many = Array.from({ length: 11 }, (_, i) => profile(`p${i}`, { namespace: 'web' }))
    expect(profiles(...many).warnings.map(({ text }) => text)).toEqual([
      'there are more than 10, the quota of a cluster unless it was raised',
    ])
    expect(profiles(...many.slice(1)).warnings).toEqual([])
  })
})
