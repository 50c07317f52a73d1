/**
 * Tests that a template which was not rendered is reported once, and that a text which only looks
 * like a template is read.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { documentsOf, type SourceText } from './documents.js'

const faults = (...texts: readonly SourceText[]): readonly string[] => {
  const read = documentsOf(texts)
  return E.isLeft(read) ? read.left.map(({ from, found }) => `${from}: ${found}`) : []
}
const pod = (fields: string): string => `apiVersion: v1\nkind: Pod\n${fields}\n`

describe('a template', () => {
  it.each([
    ['in a block', 'spec:\n  {{- with .Values.x }}\n  a: b\n  {{- end }}', '{{- with .Values.x }}'],
    ['as a value', 'metadata:\n  name: {{ .Values.name }}', '{{ .Values.name }}'],
    ['in a list', 'spec:\n  args:\n  - {{ $x | quote }}', '{{ $x | quote }}'],
    ['inside a plain text', 'metadata: \n  name: a-{{ .Release.Name }}', '{{ .Release.Name }}'],
    ['inside a quoted text', 'metadata: {name: "{{ .Chart.Name }}"}', '{{ .Chart.Name }}'],
    ['of a function', 'metadata:\n  name: "{{ include "x.name" . }}"', '{{ include "x.name" . }}'],
  ])('with an action %s has one fault', (_, fields, action) => {
    const [fault, ...others] = faults({ file: 'a.yaml', text: pod(fields) })
    expect(others).toEqual([])
    expect(fault).toMatch(/^a\.yaml, line \d+: a Helm template: /)
    expect(fault).toContain(action)
  })
  it('has one fault, however many documents it has', () => {
    const text = '{{- if .Values.x }}\nkind: Pod\n{{- end }}\na: {{ b }}\n c: [\n'
    expect(faults({ file: 't.yaml', text: `${text}\n---\n${text}` })).toEqual([
      't.yaml, line 1: a Helm template: {{- if .Values.x }}',
    ])
  })
  it('of another program is not said to be one of Helm', () => {
    expect(faults({ file: 'a.yaml', text: 'a: {{ b }}\n' })).toEqual([
      'a.yaml, line 1: a template: {{ b }}',
    ])
  })
})

describe('templates', () => {
  const template = (file: string): SourceText => ({ file, text: pod('a: {{ .Values.a }}') })

  it('of a chart have one fault together, and its other files none', () => {
    const chart = [
      { file: 'shop/Chart.yaml', text: 'apiVersion: v2\nname: shop\n' },
      template('shop/templates/a.yaml'),
      template('shop/templates/tests/b.yaml'),
      template('shop/charts/cart/templates/c.yaml'),
      { file: 'shop/charts/cart/Chart.yaml', text: 'apiVersion: v2\nname: cart\n' },
      { file: 'shop/templates/broken.yaml', text: 'a: [' },
    ]
    expect(faults(...chart, { file: 'other.yaml', text: 'a: [' })).toEqual([
      'shop/: a Helm chart with 3 templates to render, such as shop/charts/cart/templates/c.yaml, line 3',
      expect.stringContaining('other.yaml, line'),
    ])
  })
  it('of a folder have one fault together', () => {
    expect(faults(template('x/a.yaml'), template('x/b.yaml'), template('y/c.yaml'))).toEqual([
      'x/: 2 templates, such as x/a.yaml, line 3',
      'y/c.yaml, line 3: a Helm template: {{ .Values.a }}',
    ])
  })
})

describe('no template is', () => {
  it.each([
    ['a quoted text', pod('spec: {args: ["{{inputs.parameters.x}}", "{{ $labels.pod }}"]}')],
    ['a block of text', pod('data:\n  a: |\n    {{ .Values.x }}\n  b: "{{ .Values.x }}"')],
    ['an annotation', pod('metadata: {annotations: {a: "{{ .Release.Name }}"}}')],
    [
      'a text of another API',
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec: {name: "{{ .Release.Name }}"}',
    ],
    ['a dynamic reference', 'AWSTemplateFormatVersion: x\na: "{{resolve:ssm:x}}"'],
    ['a comment', pod('# {{ .Values.x }}')],
  ])('%s', (_, text) => {
    expect(faults({ file: 'a.yaml', text })).toEqual([])
  })
})
