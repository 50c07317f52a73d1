/** Amazon ECS, as a file of its own that is loaded with the first of its documents. */
export { ecs } from '@stowage/workbench'
