/** HTML of a mail as it may be shown, and as text. */
export function htmlToText(html: string): string {
  return html
    .slice(0, 200_000)
    .replace(/<(?:br|\/p|\/div|\/li|\/tr)\b[^<>]{0,200}>/gi, '\n')
    .replace(/<[^<>]{0,2000}>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&');
}

export function sanitiseMailHtml(_html: string): { readonly html: string } {
  return { html: '' };
}
