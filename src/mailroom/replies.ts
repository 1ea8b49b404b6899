/** An SMTP reply other than 250, to be thrown or handed to a callback. `words` begin with the enhanced status. */
export function reply(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}
