// Beside an editor of a definition: problems at their line, completion from the JSON Schema, and a
// copy of what is typed that a lost connection or a closed tab leaves in the browser.
// The editor's own value is never written from here, so that letters typed meanwhile stay.
export default {
  props: { editorId: Number, schema: Object, label: String, keepAs: String },
  async mounted() {
    const CM = await import("nicegui-codemirror");
    const editor = getElement(this.editorId);
    await editor.editorPromise;
    this.view = editor.editor;
    this.setProblems = CM.StateEffect.define();
    const field = problemsField(CM, this.setProblems);
    this.view.contentDOM.setAttribute("aria-label", this.label);
    this.view.dispatch({
      effects: CM.StateEffect.appendConfig.of([
        field,
        CM.hoverTooltip((view, place) => tip(view, place, field)),
        CM.gutter({ class: "lw-lint", markers: (view) => view.state.field(field).gutter }),
        CM.EditorState.languageData.of(() => [{ autocomplete: completion(this.schema) }]),
        CM.EditorView.updateListener.of((update) => update.docChanged && this.keep()),
      ]),
    });
    const kept = this.keepAs && localStorage.getItem(this.keepAs);
    if (kept && kept !== this.view.state.doc.toString()) this.$emit("unsaved", kept);
    this.show(this.pending || []);
  },
  methods: {
    show(problems) {
      this.pending = problems;
      if (this.view) this.view.dispatch({ effects: this.setProblems.of(problems) });
    },
    keep() {
      if (this.keepAs) localStorage.setItem(this.keepAs, this.view.state.doc.toString());
    },
    saved(text) {
      if (this.keepAs && localStorage.getItem(this.keepAs) === text) localStorage.removeItem(this.keepAs);
    },
    forget() {
      if (this.keepAs) localStorage.removeItem(this.keepAs);
    },
    goTo(line) {
      if (!this.view) return;
      const found = this.view.state.doc.line(Math.min(Math.max(1, line), this.view.state.doc.lines));
      this.view.dispatch({ selection: { anchor: found.from }, scrollIntoView: true });
      this.view.focus();
    },
  },
};

function problemsField(CM, setProblems) {
  class Mark extends CM.GutterMarker {
    constructor(said) {
      super();
      this.said = said;
    }
    toDOM() {
      const dot = document.createElement("span");
      dot.className = "lw-lint-dot";
      dot.textContent = "●";
      dot.title = this.said;
      return dot;
    }
  }
  const placed = (doc, problem) => {
    const line = doc.line(Math.min(Math.max(1, problem.line), doc.lines));
    const begin = line.from + Math.max(0, Math.min(problem.column - 1, line.length));
    const word = line.text.slice(begin - line.from).match(/^[^\s,\]}]+/);
    const to = word ? begin + word[0].length : line.to;
    return { from: to > begin ? begin : line.from, to: Math.max(to, line.from), line: line.from, said: problem.message };
  };
  const none = { marks: CM.Decoration.none, gutter: CM.RangeSet.empty };
  return CM.StateField.define({
    create: () => none,
    update(value, change) {
      let now = value;
      if (change.docChanged) now = { marks: now.marks.map(change.changes), gutter: now.gutter.map(change.changes) };
      for (const effect of change.effects) {
        if (!effect.is(setProblems)) continue;
        const all = effect.value.map((problem) => placed(change.state.doc, problem));
        const marks = all.filter((one) => one.to > one.from);
        now = {
          marks: CM.Decoration.set(
            marks.map((one) => CM.Decoration.mark({ class: "lw-squiggle", said: one.said }).range(one.from, one.to)), true),
          gutter: CM.RangeSet.of(all.map((one) => new Mark(one.said).range(one.line)), true),
        };
      }
      return now;
    },
    provide: (field) => CM.EditorView.decorations.from(field, (value) => value.marks),
  });
}

function tip(view, place, field) {
  const said = [];
  view.state.field(field).marks.between(place, place, (from, to, mark) => void said.push(mark.spec.said));
  if (!said.length) return null;
  return {
    pos: place,
    above: true,
    create() {
      const dom = document.createElement("div");
      dom.className = "lw-lint-tip";
      dom.textContent = said.join("\n");
      return { dom };
    },
  };
}

// Completion: the path by indentation, the part of the schema there, its keys or values.
function completion(schema) {
  const resolve = (part) => {
    while (part && part.$ref) part = { ...part.$ref.split("/").slice(1).reduce((at, key) => at[key], schema), ...part, $ref: undefined };
    const given = part?.anyOf?.filter((one) => one.type !== "null");
    return given?.length === 1 ? resolve(given[0]) : part;
  };
  const chosen = (part, doc, number) => {
    part = resolve(part);
    if (!part?.discriminator) return part;
    const { propertyName, mapping } = part.discriminator;
    const tag = new RegExp("\\b" + propertyName + ":\\s*([\\w]+)");
    for (let near = number; near > Math.max(0, number - 12); near--) {
      const found = doc.line(near).text.match(tag);
      if (found && mapping[found[1]]) return resolve({ $ref: mapping[found[1]] });
    }
    return { properties: { [propertyName]: { enum: Object.keys(mapping) } } };
  };
  const pathTo = (doc, number, indent) => {
    const path = [];
    for (let at = number - 1; at >= 1 && indent > 0; at--) {
      const found = doc.line(at).text.match(/^(\s*)((?:-\s+)?)([\w-]+):/);
      if (!found) continue;
      const column = found[1].length + found[2].length;
      if (column < indent) {
        path.unshift(found[3]);
        indent = column;
      }
      if (found[2] && found[1].length < indent) {
        path.unshift("[]");
        indent = found[1].length;
      }
    }
    return path;
  };
  return (context) => {
    const doc = context.state.doc;
    const line = doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const value = before.match(/^(\s*)((?:-\s+)?)([\w-]+):\s*([\w.-]*)$/);
    const key = before.match(/^(\s*)((?:-\s+)?)([\w-]*)$/);
    const found = value || key;
    if (!found || (!value && !context.explicit && !key[3])) return null;
    const path = pathTo(doc, line.number, found[1].length + found[2].length);
    if (found[2]) path.push("[]");
    let part = resolve(schema);
    for (const step of path) {
      part = chosen(part, doc, line.number);
      part = resolve(step === "[]" ? part?.items : part?.properties?.[step] || part?.additionalProperties);
      if (!part) return null;
    }
    part = chosen(part, doc, line.number);
    if (value) {
      const of = resolve(part?.properties?.[value[3]]);
      const values = of?.enum || (of?.const && [of.const]) || (of?.type === "boolean" && ["true", "false"]) || of?.examples;
      if (!values) return null;
      const said = of["x-enum-descriptions"] || {};
      return {
        from: context.pos - value[4].length,
        options: values.map((one) => ({ label: String(one), type: "enum", info: said[one] || of.description })),
      };
    }
    if (!part?.properties) return null;
    return {
      from: context.pos - key[3].length,
      options: Object.entries(part.properties).map(([name, of]) => ({
        label: name, type: "property", info: of.description || resolve(of)?.description, apply: name + ": ",
      })),
    };
  };
}
