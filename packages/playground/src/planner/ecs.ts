/**
 * Re-exports the Amazon ECS platform as a separate bundle, which is loaded with the first document
 * of ECS.
 */
export { ecs } from '@stowage/workbench'
