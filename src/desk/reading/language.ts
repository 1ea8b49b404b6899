export type Language = 'en' | 'zh';

/** What is read to tell the language: a long log behind it tells nothing. */
const readLength = 20_000;
/** Lines that are no sentences: quotes, headers, code, logs, JSON, links. */
const noSentence =
  /^\s*(?:[>|<{}[\]#$]|at\s|"[\w-]+"\s?:|https?:\/\/|[\w-]+:\s?[\w/.+-]+$|\d{4}-\d\d-\d\d[T ]|(?:\w{0,40}Error|Exception|Warning|ERROR|WARN|INFO)\b|(?:GET|POST|HTTP|curl|File|Traceback|import|from\s\w+\simport|npm|pip|export)\b)/;

/**
 * What a mail is written in, by its lines: names and errors of the other language stand in both. English unless most is
 * Chinese.
 */
export function languageOf(subject: string, text: string): Language {
  let chinese = 0;
  let english = 0;
  for (const line of [subject, ...text.slice(0, readLength).split('\n')]) {
    if (noSentence.test(line)) continue;
    const { han, words } = countOf(line);
    if (han > words) chinese += han;
    else english += words;
  }
  return chinese > english ? 'zh' : 'en';
}

function countOf(line: string): { han: number; words: number } {
  const kana = line.match(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  const characters = kana > 0 ? 0 : (line.match(/\p{Script=Han}/gu)?.length ?? 0);
  // Words of a sentence: names, versions and codes are the same in both.
  const words = line.match(/(?<![\w./@:-])[A-Za-z]?[a-z']{1,20}(?![\w/@:-])/g)?.length ?? 0;
  // A Chinese word has about one and a half characters.
  return { han: characters / 1.5, words };
}
