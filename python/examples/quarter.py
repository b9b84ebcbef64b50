# %% [markdown]
# # A quarter in Python
# A forecast, two plans beside each other, and a curve, from the starter. The cells open as a notebook in VS Code, Spyder or
# Jupyter (jupytext); from the project's root it runs as a script: `python python/examples/quarter.py`.

# %%
import pyarrow.compute as pc

import foremix

plan = "scenarios/starter.toml"

# %% [markdown]
# ## A forecast
# A row a simulated quarter: every outcome, and every uncertain figure that it was drawn with.

# %%
forecast = foremix.run(plan, sets=["channels.search.budget=40k"], runs=4_000, seed=7)
draws = forecast.draws
print(draws.num_rows, "quarters,", draws.num_columns, "columns")

losses = pc.mean(pc.less(draws["profit"], 0)).as_py()
print(f"{losses:.1%} of quarters lose money")

# %% [markdown]
# The summary is what `summary.json` of the command holds.

# %%
target = forecast.summary["targets"]["revenue"]
print(f"revenue of {target['target']:,.0f} in {target['probability']:.1%} of quarters")
wins = forecast.summary["outcomes"]["wins"]
print(f"wins: {wins['p10']:.0f} to {wins['p90']:.0f} in 8 of 10 quarters")

# %% [markdown]
# ## What a good quarter has in common
# A question of your own, which no report answers: which uncertain figures are higher in the best tenth of quarters.

# %%
best = draws.filter(pc.greater(draws["profit"], pc.quantile(draws["profit"], 0.9)[0]))
for name in draws.column_names:
    if name.startswith("channels."):
        among_best, among_all = pc.mean(best[name]).as_py(), pc.mean(draws[name]).as_py()
        print(f"{name}: {among_best / among_all - 1:+.0%}")

# %% [markdown]
# ## Another plan on the same luck
# Draw i of both is the same future, so their difference is that of the plans alone.

# %%
consultant = "scenarios/consultant.toml"
both = foremix.compare(consultant, (consultant, "dearer"), runs=4_000, seed=7)
today, dearer = both.draws.values()
change = pc.subtract(dearer["profit"], today["profit"])
print(f"dearer: profit changes by {pc.mean(change).as_py():+,.0f} on average,")
print(f"and is higher in {pc.mean(pc.greater(change, 0)).as_py():.0%} of quarters")

# %% [markdown]
# ## A curve

# %%
swept = foremix.sweep(plan, ["channels.search.budget=20k..60k:5"], outcomes=["profit"], runs=2_000, seed=7)
for point in swept["points"]:
    print(point["settings"][0], f"{point['outcomes']['profit']['mean']:,.0f}")

# %% [markdown]
# ## A slip of the pen
# Every fault at once, underlined, as a `ValueError`.

# %%
try:
    foremix.run(plan, sets=["channels.search.budgte=40k"])
except ValueError as fault:
    print(fault)
