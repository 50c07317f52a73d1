/**
 * Validates the names that users choose for families, containers and services: at most 255 letters,
 * digits, hyphens and underscores.
 *
 * Source: Amazon ECS API Reference, RegisterTaskDefinition, ContainerDefinition and CreateService.
 */
import type { Path } from '@stowage/documents'
import type { Complaint } from '../words/complaint.js'

/** The most characters of a name. */
const nameMax = 255

/** A complaint about a name of other characters, or of too many. */
export const checkNameText = (at: Path, name: string): readonly Complaint[] =>
  name.length <= nameMax && /^[A-Za-z0-9_-]*$/.test(name)
    ? []
    : [{ at, expected: `at most ${nameMax} letters, digits, hyphens and underscores` }]
