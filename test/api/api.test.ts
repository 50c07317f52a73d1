/**
 * Compares the public declarations of each package entry with checked-in reports
 * (`test/api/reports`), so that every change of the public API is noticed. `npx vitest run test/api
 * -u` rewrites the reports after a build; a person must review the difference.
 */
import { describe, expect, it } from 'vitest'
import { declarationProgram, entries, reportOf } from './report.js'

describe('the report of', () => {
  const program = declarationProgram()
  it.each(entries)('%s/%s is the one that is checked in', async (library, entry) => {
    const report = reportOf(program, library, entry)
    expect(report.length).toBeGreaterThan(500)
    await expect(report).toMatchFileSnapshot(`reports/${library}.${entry}.txt`)
  })

  it('another type of a field, in a type that no entry exports, is another report', () => {
    const report = reportOf(program, 'kernel', 'index')
    expect(report).toContain('interface FitFilter extends FilterBase')
    expect(report).toContain('readonly removable: boolean')
  })
})
