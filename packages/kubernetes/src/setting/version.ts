/** The version of the configuration that is read. */
export const version = 'kubescheduler.config.k8s.io/v1'
