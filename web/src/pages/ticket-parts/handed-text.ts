/** A text on its way from a dialog to the ticket form. It would be too long for the address. */
let handed: string | null = null;

export function handText(text: string): void {
  handed = text;
}

/** Once: whoever comes back to the form does not find it again. */
export function takeHandedText(): string | null {
  const text = handed;
  handed = null;
  return text;
}
