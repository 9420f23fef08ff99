/**
 * The shapes that pass between the modules of the page. Types only: nothing here runs.
 *
 * Rows follow the API: row 0 of a run is its start, n steps give n + 1 rows, and the gradient of row t is the
 * one that led to row t + 1.
 */

/** @typedef {[number, number]} Interval  from low to high */

/**
 * A part of the plane: one interval for each parameter (one for a 1-D problem, two otherwise).
 * @typedef {Interval[]} Window
 */

/**
 * What is minimised, as the API's `problem` says it: exactly one of the first five, and what goes with it.
 * @typedef {object} ProblemSpec
 * @property {string} [surface]
 * @property {string} [expression]
 * @property {string} [dataset]
 * @property {[number, number][]} [points]
 * @property {string} [network]  as it stands in the address: the page shows none
 * @property {string} [loss]
 * @property {boolean} [standardize]
 */

/**
 * One optimizer of the spec, flat: its name or its rule, the learning rate and every other value given.
 * @typedef {{name?: string, rule?: string, learning_rate?: number, label?: string, form?: string,
 *   schedule?: ScheduleSpec, batch_size?: number | null, sampling?: string, noise?: number, changes?: OptimizerSpec[],
 *   [hyperparameter: string]: unknown}} OptimizerSpec
 */

/** @typedef {{name: string, [parameter: string]: string | number}} ScheduleSpec */

/** @typedef {{max_steps: number, min_step_size: number | null, target_loss: number | null, small?: string}} StopSpec */

/**
 * @typedef {object} Spec
 * @property {ProblemSpec} problem
 * @property {number[] | null} start  null: the problem's own
 * @property {OptimizerSpec[]} optimizers
 * @property {StopSpec} stop
 * @property {number} seed
 */

/** @typedef {"max_steps" | "min_step_size" | "target_loss" | "diverged"} StopReason */

/** @typedef {{at: number[], loss: number, kind?: string}} Minimum */

/**
 * The problem as the server describes it, with the words the page puts on it.
 * @typedef {object} Problem
 * @property {"surface" | "expression" | "line_fit" | "network"} kind
 * @property {string[]} parameters  names, in the order of every point
 * @property {Window} domain
 * @property {Minimum[]} minima
 * @property {string} label  what the map is called
 * @property {string} [latex]
 * @property {string} [expression]  a formula of one's own, as typed
 */

/**
 * The rows of one run. Arrays may be longer than what is filled: `Run.length` rows are valid in `parameters` and
 * `loss`, one fewer in the step columns. A step column is null until it has been asked for.
 * @typedef {object} Columns
 * @property {Float64Array[]} parameters  one array for each parameter
 * @property {Float64Array} loss
 * @property {Float64Array[] | null} gradient  one array for each parameter
 * @property {Float64Array | null} learningRate
 * @property {Float64Array | null} stepSize
 * @property {number[][] | null} batch  the points used by each step
 */

/**
 * What gradient and Hessian say of the place where a run ended.
 * @typedef {object} EndPoint
 * @property {"minimum" | "saddle" | "maximum" | "degenerate" | "undecided" | "none"} kind  what lies next to it
 * @property {number[] | null} at  where that lies
 * @property {boolean | null} lowest  of a minimum, whether no known one is lower; null where none is known
 */

/** @typedef {{stop_reason: StopReason, n_steps: number, diverged_at: number | null, sentence?: string, end_point?: EndPoint}} End  sentence: as the server says it */

/**
 * One run as the views draw it.
 * @typedef {object} Run
 * @property {number} slot  index into the palette, 0 to 7; kept when other runs come and go
 * @property {string} name  told apart from the other runs of the scene ("Adam 0.2" beside "Adam 0.4")
 * @property {Columns} columns
 * @property {number} length  rows received
 * @property {End | null} end  null while rows may still come
 * @property {boolean} hidden
 */

/**
 * Loss sampled on a grid: `loss[j * x.length + i]` at `x[i]`, `y[j]`; NaN where it is not finite.
 * A 1-D problem has no `y`.
 * @typedef {object} Landscape
 * @property {Float64Array} x
 * @property {Float64Array | null} y
 * @property {Float64Array} loss
 * @property {Window} window  what it was asked for
 */

/** @typedef {import("../math/levels.js").Levels} Levels */

/**
 * Everything the map draws, apart from where the playhead stands.
 * @typedef {object} Scene
 * @property {Problem} problem
 * @property {Window | null} window  what is to be in sight, at the least; null: the whole domain
 * @property {Landscape | null} landscape  null: not there yet
 * @property {Levels | null} levels  from the landscape of the whole domain, whatever the window
 * @property {number[]} start
 * @property {Run[]} runs
 * @property {number | null} selected  index into runs
 * @property {number | null} hovered  index into runs
 * @property {"day" | "night"} theme
 * @property {boolean} projector
 * @property {boolean} stale  the picture belongs to an earlier formula: pale
 * @property {boolean} reducedMotion
 */

/**
 * Where the playhead stands; a fraction lies between two rows. `lit` is a quantity of the rule that is pointed at,
 * `along` the way it would have the selected run go, in parameters, where it is a direction of its own.
 * @typedef {{step: number, lit?: string | null, along?: number[] | null}} Playhead
 */

/** @typedef {{run: number, step: number}} Hit  a run (index into the scene's runs) and one of its rows */

/**
 * @typedef {object} MapEvents
 * @property {(point: number[], moving: boolean) => void} onStart  moving: more is to come (a drag)
 * @property {(window: Window | null, moving: boolean) => void} onWindow
 * @property {(run: number, step: number) => void} onSeek
 * @property {() => void} onStartName  the words beside the start were pressed
 * @property {(hit: Hit | null) => void} onHover
 * @property {(window: Window, resolution: number) => void} onNeedLandscape  the window in sight, frame to frame
 */

/**
 * @typedef {object} MapView
 * @property {(scene: Scene, playhead: Playhead) => void} render
 * @property {(clientX: number, clientY: number) => string | null} arrowAt  the quantity whose arrow is there
 * @property {() => void} resize
 * @property {() => void} destroy
 */

/**
 * A hyperparameter as the catalog declares it; min and max are a slider's, not the API's.
 * @typedef {{name: string, default: number, min: number, max: number, scale: "log" | "decay" | "linear",
 *   help: string}} Param
 */

/**
 * A rule that walks the same path once its values are converted; constant_rate: only while the rate does not change.
 * @typedef {{name: string, form: string, values: Record<string, string>, constant_rate: boolean}} Equal
 */

/** @typedef {{name: string, label: string, whose?: string, summary?: string, rule: string, latex: (string | null)[], equals?: Equal[]}} Form */

/**
 * @typedef {{name: string, label: string, family?: string, summary: string, rule: string, latex?: string[],
 *   source?: string, forms: Form[], params: Param[], needs_sampling?: boolean, batch_size?: number | null,
 *   initial?: Record<string, string>}} Optimizer
 */

/**
 * @typedef {{name: string, label: string, expression: string, latex: string, domain: Window, start: number[],
 *   minima: Minimum[], suggested: Record<string, number>, summary?: string}} Surface
 */

/**
 * @typedef {{name: string, label: string, x_label: string, y_label: string, points: [number, number][],
 *   summary?: string, raw?: FitView, standardized?: FitView, opens_standardized?: boolean}} Dataset
 */

/**
 * A start from which there is something to see, and learning rates by loss and optimizer.
 * @typedef {{start: number[], domain: Window, suggested: Record<string, Record<string, number>>}} FitView
 */

/** @typedef {{name: string, label: string, expression?: string, latex?: string, mean?: boolean}} Loss */
/** @typedef {{name: string, label: string, params: Param[], summary?: string}} Schedule */

/**
 * A scene someone has prepared: the query of a page, with a sentence that is true of it.
 * @typedef {{name: string, group: string, title: string, sentence: string, more: string, query: string, core?: boolean,
 *   look_at?: "map" | "loss", count?: "steps" | "samples"}} Preset
 */

/**
 * Everything that can be named.
 * @typedef {object} Catalog
 * @property {Optimizer[]} optimizers
 * @property {Surface[]} surfaces
 * @property {Dataset[]} datasets
 * @property {Loss[]} losses
 * @property {Schedule[]} schedules
 * @property {Preset[]} [presets]
 * @property {{start: number[], domain: Window}} [own_formula]  of a formula of one's own
 * @property {{functions: string[], constants: Record<string, number>}} [language]
 * @property {Record<string, number>} limits
 */

/**
 * A chart as it stands on screen, for whoever takes it away: `draw` puts all of it, in CSS pixels, on any 2-D context.
 * @typedef {object} Plate
 * @property {string} name  of a file, in a word or two: "loss"
 * @property {string} title
 * @property {number} width
 * @property {number} height
 * @property {string} paper  colour behind it
 * @property {(context: CanvasRenderingContext2D) => void} draw
 */

/**
 * How the page is looked at: kept in the fragment of its address, which no server sees.
 * @typedef {object} Look
 * @property {number | null} selected  index of a run
 * @property {number[]} hidden  indices of runs
 * @property {number[] | null} slots  palette index of each run; null: in order
 * @property {number | null} step  where the playhead stands; null: it plays from the start
 * @property {boolean} projector
 * @property {boolean} samples  the loss chart counts samples seen, not steps
 * @property {Explain} explain
 */

/**
 * What is explained beside the map.
 * @typedef {object} Explain
 * @property {boolean} working  the working of the next step is shown
 * @property {string | null} drawer  what stands in the drawer under the map
 * @property {number} parameter  index of the parameter whose numbers are shown
 * @property {number | null} against  index of the run that is compared with
 * @property {boolean} alone  the charts are of one run, not of all
 * @property {boolean | null} first  the charts show the first steps only; null: where something is over early
 * @property {string | null} quantity  what stands largest in the charts of all runs; null: their first
 * @property {string | null} average  the average taken apart, by its name; null: the first of the rule
 * @property {number | null} beta  tried on it; null: its own
 * @property {boolean | null} corrected  whether its start at 0 is made up for; null: as its rule has it
 * @property {number | null} day  of the temperatures, whose average is taken apart
 */

/**
 * All that an address says.
 * @typedef {object} View
 * @property {Spec} spec
 * @property {Window | null} window
 * @property {Look} look
 */

/** @typedef {{id: number, slot: number, hidden: boolean, optimizer: OptimizerSpec}} Entry  a run asked for */

/**
 * What has come of an entry.
 * @typedef {object} Received
 * @property {string} key  the spec it answers, as text
 * @property {string} problemKey  the problem it answers
 * @property {Columns} columns
 * @property {number} length
 * @property {End | null} end
 * @property {boolean} cut  more rows exist than were asked for
 * @property {string[]} notes
 */

/**
 * The problem that stands on the map, as far as it has come.
 * @typedef {object} World
 * @property {string} key
 * @property {Problem} problem
 * @property {number[]} start  the problem's own
 * @property {[number, number][] | null} points
 * @property {Landscape | null} ground  the whole domain; null: not there yet
 * @property {Levels | null} levels  of the ground
 */

/** @typedef {{key: string, over: string, values: number[], loss: (number | null)[], stop_reason: StopReason[]}} Sweep */

/**
 * One thing the server found wrong with a request.
 * @typedef {{loc: (string | number)[], msg: string, line?: number, column?: number, word?: string}} Refusal
 */

/**
 * What stands between the page and the picture it was asked for.
 * @typedef {{kind: "gone", retryAt: number, attempt: number}
 *   | {kind: "refused", errors: Refusal[], problemKey: string, entry: number | null}} Fault
 */

/**
 * The state of the page.
 * @typedef {object} State
 * @property {ProblemSpec} problem
 * @property {number[] | null} start
 * @property {number[]} spare  coordinates of the start that the formula has no variable for: they wait for one that has
 * @property {Window | null} window
 * @property {Entry[]} entries
 * @property {StopSpec} stop
 * @property {number} seed
 * @property {number | null} selected  id of an entry
 * @property {boolean} projector
 * @property {"day" | "night"} theme
 * @property {boolean} samples  the loss chart counts samples seen, not steps
 * @property {Explain} explain
 * @property {boolean} moving  a control is being held: more of the same is to come
 * @property {string} edit  what changed last, in a word: changes of one kind in a row are one step of the history
 * @property {Catalog | null} catalog
 * @property {World | null} world
 * @property {Landscape | null} landscape  of the window in sight
 * @property {Record<number, Received>} runs  by the id of the entry
 * @property {Record<number, Sweep>} sweeps  by the id of the entry
 * @property {Hit | null} hovered
 * @property {Fault | null} fault
 */

export {};
