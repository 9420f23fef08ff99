/** What the page opens with when its address says nothing. */

export const OPENING =
  "surface=himmelblau&start=1,5&max_steps=300&min_step_size=0.0001&window=-6,6,-6,6" +
  "&optimizer=gd:learning_rate=0.002&optimizer=heavy_ball:learning_rate=0.0015" +
  "&optimizer=rmsprop:learning_rate=0.04&optimizer=adam:learning_rate=0.2";
