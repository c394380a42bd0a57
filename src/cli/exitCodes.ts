/** The codes that the program ends with, but for those of a program that `exec` has run. */
export const EXIT = {
  done: 0,
  /** Something was refused or has failed, or the person has said no. */
  failed: 1,
  /** The command line cannot be understood. */
  misused: 2,
  /** POSIX, Shell Command Language §2.8.2. */
  notExecutable: 126,
  notFound: 127,
  /** As a shell says that somebody pressed Ctrl+C. */
  cancelled: 130,
} as const;
