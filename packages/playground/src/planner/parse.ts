/** Parses files to documents, and caches the documents of files that do not change. */
import { planStages, type documentsOf, type SourceText } from '@stowage/workbench'

type ParsedDocuments = ReturnType<typeof documentsOf>

/** The documents of files, by their names; a file is parsed again when its text is another. */
export interface ParsedFiles {
  readonly parse: (file: SourceText) => Promise<ParsedDocuments>
  /** Forgets the files that are not among these. */
  readonly retain: (files: readonly SourceText[]) => void
}

/** A memory of parsed files. */
export const parsedFiles = (): ParsedFiles => {
  const memory = new Map<string, { readonly text: string; readonly parsed: ParsedDocuments }>()
  return {
    parse: async ({ file, text }) => {
      const known = memory.get(file)
      if (known?.text === text) return known.parsed
      const parsed = await parsedFile({ file, text })
      memory.set(file, { text, parsed })
      return parsed
    },
    retain: (files) => {
      const names = new Set(files.map(({ file }) => file))
      for (const file of memory.keys()) if (!names.has(file)) memory.delete(file)
    },
  }
}

const parsedFile = async (file: SourceText): Promise<ParsedDocuments> =>
  planStages.jsonDocuments(file) ?? (await import('./yaml.js')).documentsOf([file])
