/** The time of a processor that this process has taken, in milliseconds: unlike a clock it stands while others run. */
export const processorMs = (): number => process.cpuUsage().user / 1000;
