"""Files of posts: taken by their content, fetched by whoever reads the post, found by what stands in them."""
