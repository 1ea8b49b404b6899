// Runs before the first paint, so that neither the colours nor the language change under the reader's eyes. Plain and
// blocking on purpose; `theme.ts` and `language.tsx` use the same names.
(() => {
  const root = document.documentElement;
  const stored = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // Storage can be forbidden.
    }
  };
  const theme = stored('lodge.theme');
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'dark' : 'light';
  const wanted = [stored('lodge.language'), ...(navigator.languages || [])].filter(Boolean);
  const known = wanted.find((language) => /^(en|zh)\b/i.test(language)) || 'en';
  root.lang = /^zh/i.test(known) ? 'zh-CN' : 'en';
})();
