interface ScrolledTextProps {
  readonly label: string;
  readonly children: string;
}

/** A text in a dialog that may be longer than there is room. It can be scrolled by keys. */
export function ScrolledText({ label, children }: ScrolledTextProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached.
      tabIndex={0}
      className="max-h-80 overflow-y-auto rounded-lg bg-sunk px-3 py-2 wrap-anywhere whitespace-pre-wrap"
    >
      {children}
    </section>
  );
}
