/** The Yeoman face: asks, works out, writes through the in-memory file system, installs, and says what is next. */

import Generator, { type BaseOptions } from 'yeoman-generator';
import { makeFolder } from './folder.ts';
import { rememberWritten, writesOf } from './plan.ts';
import { type Prepared, prepare } from './prepare.ts';
import { initRepository, installDependencies } from './processes.ts';
import { nextSteps, repeatCommand, reportDryRun, reportPinnedNode, reportWritten } from './report.ts';
import { completeDraft, type Session } from './session.ts';
import { Stop } from './stop.ts';
import { type Stored, storedKey } from './stored.ts';
import { stripsTypes } from './surroundings.ts';

export interface Outcome {
  prepared: Prepared | undefined;
  /** Why the run is no full success although the project is there. */
  problem: Stop | undefined;
}

interface SessionOptions {
  session: Session;
  outcome: Outcome;
}

export default class BackendGenerator extends Generator<Record<string, unknown>, BaseOptions & SessionOptions> {
  readonly #session: Session;
  readonly #outcome: Outcome;

  constructor(args: string[], options: BaseOptions & SessionOptions) {
    super(args, options, {
      disableInGeneratorOptionsSupport: true,
      tasksMatchingPriority: true,
      customInstallTask: true,
    });
    // prepare() has dealt with conflicts, so what is in memory can go to the disk as it is.
    this.setFeatures({ customCommitTask: () => this.fs.commit() });
    this.#session = options.session;
    this.#outcome = options.outcome;
  }

  /** Else Yeoman would read whatever package.json and name the current folder has. */
  override determineAppname(): string {
    return storedKey;
  }

  override rootGeneratorName(): string {
    return storedKey;
  }

  async prompting(): Promise<void> {
    this.#session.draft = await completeDraft(this.#session);
  }

  async configuring(): Promise<void> {
    this.#outcome.prepared = await prepare(this.#session);
  }

  writing(): void {
    const { project, answers, steps, decisions } = this.#prepared;
    const { screen, draft, surroundings } = this.#session;
    if (draft.dryRun) {
      reportDryRun(steps, answers, screen);
      return;
    }
    const { folder, recipe } = answers;
    // The first thing that is done to the disk, after all that can be known to go wrong.
    makeFolder(folder.path);
    this.destinationRoot(folder.path);
    for (const { path, content } of writesOf(steps, decisions.taken))
      this.fs.write(this.destinationPath(path), content);
    const stored: Stored = {
      version: surroundings.version,
      name: recipe.name,
      model: recipe.model.kind === 'example' ? recipe.model.id : recipe.model.kind,
      ownConfig: folder.stored?.ownConfig ?? recipe.config !== undefined,
      pinned: recipe.pinNode,
      starter: project.starter,
      written: rememberWritten(steps, project.files, folder.stored?.written, decisions.undecided),
    };
    for (const [key, value] of Object.entries(stored)) this.config.set(key, value);
  }

  async install(): Promise<void> {
    const { draft, screen, surroundings } = this.#session;
    if (draft.dryRun) return;
    const { answers } = this.#prepared;
    const { folder, recipe, packageManager } = answers;
    reportWritten(this.#prepared, screen);
    if (!stripsTypes(surroundings.nodeVersion) && folder.state !== 'ours') reportPinnedNode(surroundings, screen);
    const place = { cwd: folder.path, env: surroundings.env };
    if (answers.install) {
      try {
        await installDependencies(packageManager, place, screen, draft.verbose ?? false);
      } catch (error) {
        if (!(error instanceof Stop) || error.exitCode === 130) throw error;
        this.#outcome.problem = error;
      }
    }
    if (!answers.git) return;
    const repository = await initRepository(
      place,
      `Create ${recipe.name} with create-wow-ai-ml ${surroundings.version}`,
    );
    if (repository !== undefined) screen.say(`${screen.green('✔')} ${repository}`);
  }

  end(): void {
    const { draft, screen, surroundings } = this.#session;
    if (draft.dryRun) return;
    const { answers } = this.#prepared;
    const installed = answers.install && this.#outcome.problem === undefined;
    screen.say(['', ...nextSteps(answers, installed, surroundings, screen)].join('\n'));
    if (answers.folder.state === 'ours') return;
    screen.say(
      `\n${screen.dim('To repeat this run without questions:')}\n  ${repeatCommand(draft, answers, surroundings)}`,
    );
  }

  get #prepared(): Prepared {
    if (this.#outcome.prepared === undefined) throw new Error('configuring() has not run');
    return this.#outcome.prepared;
  }
}
