/** The API version of the scheduler configurations that are read. */
export const version = 'kubescheduler.config.k8s.io/v1'
