import { readFileSync } from 'node:fs';
import type { Settings } from './settings.ts';
import { terminalLanguage } from './start-problems.ts';

export type SampleSignIn = { role: string; name: string; email: string; password: string };

type Words = { starting: string; ready: string; sample: string; stop: string };

/** What a person at the terminal reads once the desk answers: where it is, and how to get in. */
export function sayReady(ready: { settings: Settings; signIns: readonly SampleSignIn[] | null }): void {
  const words = readWords();
  console.log(`\n${words.ready} ${ready.settings.publicUrl}\n`);
  if (ready.signIns) {
    console.log(words.sample);
    for (const { role, name, email, password } of ready.signIns) {
      console.log(`  ${role}  ${name}  ${email}  ${password}`);
    }
    console.log('');
  }
  console.log(words.stop);
}

export function sayStarting(): void {
  console.log(readWords().starting);
}

function readWords(): Words {
  const file = new URL(`../../../locales/parts/start_words.${terminalLanguage()}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { start_words: Words }).start_words;
}
