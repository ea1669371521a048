import { history, historyKeymap, standardKeymap } from '@codemirror/commands'
import { javascript } from '@codemirror/lang-javascript'
import { json } from '@codemirror/lang-json'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { Compartment, EditorState, StateEffect, StateField, type Extension } from '@codemirror/state'
import { Decoration, EditorView, keymap, lineNumbers, type DecorationSet } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { headerLines } from './header-lines.ts'
import type { CodeEditorOptions, CodeLanguage } from './options.ts'

const languages: Readonly<Record<CodeLanguage, () => Extension>> = {
  text: () => [],
  json,
  javascript,
  headers: () => headerLines,
}

/** The colours of a message's text; red, green and amber stay with the verdicts. */
const colours = HighlightStyle.define([
  { tag: [tags.string, tags.number, tags.bool, tags.null, tags.regexp], class: 'cm-literal' },
  { tag: [tags.keyword, tags.propertyName], class: 'cm-name' },
  { tag: tags.special(tags.propertyName), class: 'cm-cors' },
  { tag: tags.comment, class: 'cm-comment' },
])

const language = new Compartment()
const names = new Compartment()

export const languageOf = (options: CodeEditorOptions) => language.reconfigure(languages[options.language ?? 'text']())
export const namesOf = (options: CodeEditorOptions) => names.reconfigure(attributes(options))

/** Which lines are linked from now on. */
export const linkLines = StateEffect.define<readonly number[]>()
const linked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, { state, effects, changes }) {
    const effect = effects.findLast((each) => each.is(linkLines))
    if (!effect) return set.map(changes)
    const there = effect.value.filter((line) => line <= state.doc.lines)
    return Decoration.set(there.map((line) => Decoration.line({ class: 'is-linked' }).range(state.doc.line(line).from)))
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** Only what edits text: Ctrl Enter, Ctrl D and their like are the lab's, and Tab leads on to the next control. */
export function extensionsOf(options: CodeEditorOptions): Extension {
  return [
    keymap.of(standardKeymap),
    options.ownUndo ? [history(), keymap.of(historyKeymap)] : [],
    options.lineNumbers ? lineNumbers() : [],
    EditorView.lineWrapping,
    EditorState.tabSize.of(2),
    syntaxHighlighting(colours),
    linked,
    language.of(languages[options.language ?? 'text']()),
    names.of(attributes(options)),
  ]
}

function attributes({ label, describedBy, problems }: CodeEditorOptions): Extension {
  return EditorView.contentAttributes.of({
    'aria-label': label,
    ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
    'aria-invalid': String(problems?.some(({ severity }) => severity === 'error') ?? false),
    // Nothing of a request goes to a spelling service, and no quote becomes a curly one.
    spellcheck: 'false',
    // It can be focused as it is; said aloud for what looks for that only.
    tabindex: '0',
    autocorrect: 'off',
    autocapitalize: 'off',
  })
}
