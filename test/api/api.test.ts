/**
 * Compares the public declarations of every entry with the reports that are checked in, so that no
 * change of what users compile against goes unnoticed. `npx vitest run test/api -u` writes the
 * reports again, after a build; a person reviews the difference.
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
