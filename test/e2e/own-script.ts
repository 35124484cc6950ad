/** A model script as a user brings it: two classes, local files in other folders, a package of its own. */

/** By path from the folder that the command is typed in. */
export const ownScript: Readonly<Record<string, string>> = {
  'work/package.json': '{ "dependencies": { "mri": "^1.2.0" } }\n',
  'work/models/models.ts': `import { type AnnotatedTask, Task, WOWAIML } from 'wow-ai-ml';
import mri from 'mri';
import { wordsOf } from '../text/words';
import { Scale } from '../text/scale.js';
import limits from './limits.json';

abstract class Shouting extends WOWAIML {
  readonly scale: Scale = { most: limits.most };
  loud(text: string): boolean {
    return wordsOf(text).length > this.scale.most && mri(['--yes']).yes === true;
  }
}

export class FirstLabel extends Shouting {
  predict(tasks: Task[]) {
    return tasks.map((task) => {
      const label = this.labelsOf('topic')[this.loud(this.taskText(task, 'topic')) ? 1 : 0] ?? '';
      return { result: [this.choices('topic', label, { score: 0.5 })], score: 0.5 };
    });
  }
}

export class LastLabel extends Shouting {
  predict(tasks: Task[]) {
    const label = this.labelsOf('topic').at(-1) ?? '';
    return tasks.map(() => ({ result: [this.choices('topic', label, { score: 0.25 })], score: 0.25 }));
  }
  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    let seen = 0;
    for await (const task of tasks) seen += task.annotations.length;
    return { seen };
  }
}
`,
  'work/models/limits.json': '{ "most": 3 }\n',
  'work/text/words.ts': "export const wordsOf = (text: string): string[] => text.split(' ');\n",
  'work/text/scale.ts': 'export interface Scale {\n  most: number;\n}\n',
};

export const scriptFlags = ['--from', 'work/models/models.ts:LastLabel', '--label-type', 'choices'] as const;
