"""What typed words mean: the parts that `bot.understanding` joins."""
