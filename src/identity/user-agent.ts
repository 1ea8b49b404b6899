/** In this order: most browsers name others as well. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\/\d/, 'Edge'],
  [/\b(OPR|Opera|OPiOS)\/\d/, 'Opera'],
  [/\bSamsungBrowser\/\d/, 'Samsung Internet'],
  [/\bVivaldi\/\d/, 'Vivaldi'],
  [/\bYaBrowser\/\d/, 'Yandex Browser'],
  [/\bMicroMessenger\/\d/, 'WeChat'],
  [/\b(Firefox|FxiOS)\/\d/, 'Firefox'],
  [/\bHeadlessChrome\/\d/, 'Headless Chrome'],
  [/\b(Chrome|CriOS|Chromium)\/\d/, 'Chrome'],
  [/\bVersion\/\d[\d.]* .*Safari\//, 'Safari'],
  [/^curl\/\d/, 'curl'],
  [/^(node|undici)\b/i, 'Node.js'],
  [/\bpython-requests\/\d/, 'Python'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\b(iPhone|iPod)\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows (NT|Phone)\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\b(Macintosh|Mac OS X)\b/, 'macOS'],
  [/\b(Linux|X11)\b/, 'Linux'],
];

/** "Firefox on Windows", of a user agent; null when neither can be told. Says what it claims to be, proves nothing. */
export function deviceWords(userAgent: string | null): string | null {
  const text = (userAgent ?? '').slice(0, 300);
  const browser = browsers.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  const system = systems.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  if (browser !== null && system !== null) return `${browser} on ${system}`;
  return browser ?? system;
}
